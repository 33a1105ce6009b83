-- How wide and high a photo is, in pixels, so that a page keeps its room while it loads. Photos kept before have none.
ALTER TABLE shop_photos ADD COLUMN width BIGINT;
ALTER TABLE shop_photos ADD COLUMN height BIGINT;
