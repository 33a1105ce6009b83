//! Charts drawn by the server: a line with its target, a sparkline, a dot with its interval. A page shows the same numbers in a sentence before and a table beside.

use leptos::prelude::*;

/// A point of a line: its place on the axis, its value if there is one, the target then, and whether that was reached.
#[derive(Debug, Clone)]
pub struct Point {
    /// The label under the axis: "Oct 2026".
    pub label: String,
    pub value: Option<f64>,
    pub target: Option<f64>,
    /// False draws the point as a square, so that a miss shows without colour.
    pub reached: bool,
}

/// A value with the interval that it probably lies in.
#[derive(Debug, Clone)]
pub struct Dot {
    pub label: String,
    pub value: f64,
    pub low: f64,
    pub high: f64,
    pub shown: String,
}

/// The drawing's frame in its own units.
const WIDTH: f64 = 480.0;
const LEFT: f64 = 48.0;
const RIGHT: f64 = 410.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 190.0;
/// The width of a letter of a label, a little generously.
const LETTER: f64 = 6.8;

/// Dots with their intervals on a scale from 0 to 100.
pub fn dots(id: &str, title: &str, description: &str, dots: &[Dot]) -> AnyView {
    let x = |value: f64| value.clamp(0.0, 100.0) / 100.0 * 400.0 + 8.0;
    let rows = dots.iter().zip(0_u32..).map(|(dot, row)| {
        let y = f64::from(row) * 46.0;
        let line = format!("M{} {}H{}", at(x(dot.low)), at(y + 30.0), at(x(dot.high)));
        let ends = format!("M{0} {1}v10M{2} {1}v10", at(x(dot.low)), at(y + 25.0), at(x(dot.high)));
        view! {
            <text x="0" y=at(y + 16.0)>{dot.label.clone()}</text>
            <path class="ds-chart__grid" d=format!("M8 {0}H408", at(y + 30.0))/>
            <path class="ds-chart__interval" d=line/>
            <path class="ds-chart__interval" d=ends/>
            <circle class="ds-chart__dot ds-chart__dot--last" cx=at(x(dot.value)) cy=at(y + 30.0) r="6"/>
            <text class="ds-chart__value" x="420" y=at(y + 35.0)>{dot.shown.clone()}</text>
        }
    });
    let rows = rows.collect_view();
    frame(id, title, description, 46.0 * f64::from(u32::try_from(dots.len()).unwrap_or(0)), rows.into_any())
}

/// A line over time with its target, drawn as a step where the target changed. `words` writes a value with its unit.
pub fn line(id: &str, title: &str, description: &str, points: &[Point], words: impl Fn(f64) -> String) -> AnyView {
    let scale = Scale::of(points, BOTTOM, TOP);
    let x = |place: usize| across(place, points.len(), LEFT, RIGHT);
    let grid = scale.ticks().map(|tick| {
        let y = scale.y(tick);
        view! {
            <path class="ds-chart__grid" d=format!("M{} {}H{}", at(LEFT), at(y), at(RIGHT))/>
            <text class="ds-chart__label--soft" x=at(LEFT - 6.0) y=at(y + 4.0) text-anchor="end">{words(tick)}</text>
        }
    });
    let grid = grid.into_iter().collect_view();
    let marks = points.iter().enumerate().filter_map(|(place, point)| {
        let last = points.iter().skip(place + 1).all(|later| later.value.is_none());
        point.value.map(|value| mark(x(place), scale.y(value), point.reached, last))
    });
    let marks = marks.collect_view();
    let newest = points.iter().enumerate().rev().find_map(|(place, point)| point.value.map(|value| (place, value)));
    let newest = newest.map(|(place, value)| {
        view! { <text class="ds-chart__value" x=at(x(place) + 12.0) y=at(scale.y(value) + 5.0)>{words(value)}</text> }
    });
    let stretches = stretches(points, x, &scale);
    // The promise is named where it begins and wherever it changes.
    let before = |place: usize| points.iter().take(place).rev().find_map(|point| point.target);
    let promised = points.iter().enumerate().filter_map(|(place, point)| {
        let target = point.target.filter(|target| before(place) != Some(*target))?;
        let label = format!("Promise: {}", words(target));
        let lasts = points.iter().skip(place).take_while(|point| point.target == Some(target)).count();
        let width = f64::from(u32::try_from(label.chars().count()).unwrap_or(0)) * LETTER;
        let spot = spot(&stretches, [x(place), x(place + lasts.saturating_sub(1))], scale.y(target), width);
        Some(view! { <text class="ds-chart__label--soft ds-chart__halo" x=at(spot.x) y=at(spot.y) text-anchor=spot.anchor>{label}</text> })
    });
    let promised = promised.collect_view();
    let months = [0, points.len().saturating_sub(1)].map(|place| {
        let anchor = if place == 0 { "start" } else { "end" };
        let label = points.get(place).map(|point| point.label.clone());
        view! { <text class="ds-chart__label--soft" x=at(x(place)) y=at(BOTTOM + 22.0) text-anchor=anchor>{label}</text> }
    });
    let months = months.into_iter().take(points.len()).collect_view();
    let drawing = view! {
        {grid}
        <path class="ds-chart__axis" d=format!("M{} {}H{}", at(LEFT), at(BOTTOM), at(RIGHT))/>
        <path class="ds-chart__target" d=steps(points, x, &scale)/>
        <path class="ds-chart__line" d=path(points, x, &scale)/>
        {marks}
        {newest}
        {promised}
        {months}
    };
    frame(id, title, description, BOTTOM + 30.0, drawing.into_any())
}

/// A line the size of a word, for a table's cell. It says nothing that the row does not say in words.
pub fn spark(points: &[Point]) -> AnyView {
    let scale = Scale::of(points, 28.0, 4.0);
    let x = |place: usize| across(place, points.len(), 3.0, 114.0);
    let newest = points.iter().enumerate().rev().find_map(|(place, point)| point.value.map(|value| (place, value)));
    let newest = newest.map(|(place, value)| {
        view! { <circle class="ds-chart__dot ds-chart__dot--last" cx=at(x(place)) cy=at(scale.y(value)) r="3"/> }
    });
    view! {
        <svg class="ds-spark" viewBox="0 0 120 32" aria-hidden="true">
            <path class="ds-chart__target" d=steps(points, x, &scale)/>
            <path class="ds-chart__line" d=path(points, x, &scale)/>
            {newest}
        </svg>
    }
    .into_any()
}

fn frame(id: &str, title: &str, description: &str, height: f64, drawing: AnyView) -> AnyView {
    let (title_id, description_id) = (format!("{id}-title"), format!("{id}-desc"));
    let (named, described) = (title_id.clone(), description_id.clone());
    // On a phone the drawing keeps its size, so that its words can be read, and moves within this region.
    let region = format!("Chart: {title}");
    view! {
        <div class="ds-chart-scroll" role="region" aria-label=region tabindex="0"><svg class="ds-chart ds-chart--narrow" viewBox=format!("0 0 {} {}", at(WIDTH), at(height)) role="img" aria-labelledby=named aria-describedby=described>
            <title id=title_id>{title.to_owned()}</title>
            <desc id=description_id>{description.to_owned()}</desc>
            {drawing}
        </svg></div>
    }
    .into_any()
}

/// A circle where the target was reached, a square where it was missed; filled at the end of the line.
fn mark(x: f64, y: f64, reached: bool, last: bool) -> AnyView {
    let class = if last { "ds-chart__dot ds-chart__dot--last" } else { "ds-chart__dot" };
    if reached {
        view! { <circle class=class cx=at(x) cy=at(y) r="5"/> }.into_any()
    } else {
        view! { <rect class=class x=at(x - 5.0) y=at(y - 5.0) width="10" height="10"/> }.into_any()
    }
}

/// The line through the values, broken where there is none.
fn path(points: &[Point], x: impl Fn(usize) -> f64, scale: &Scale) -> String {
    let mut drawn = String::new();
    let mut pen = "M";
    for (place, point) in points.iter().enumerate() {
        match point.value {
            Some(value) => {
                drawn.push_str(&format!("{pen}{} {}", at(x(place)), at(scale.y(value))));
                pen = "L";
            }
            None => pen = "M",
        }
    }
    drawn
}

/// A piece of the line of values, from its left end to its right end; a lone value is both.
type Stretch = [(f64, f64); 2];

fn stretches(points: &[Point], x: impl Fn(usize) -> f64, scale: &Scale) -> Vec<Stretch> {
    let known: Vec<Option<(f64, f64)>> =
        points.iter().enumerate().map(|(place, point)| point.value.map(|value| (x(place), scale.y(value)))).collect();
    let alone = known.iter().flatten().map(|end| [*end, *end]);
    let joined = known.windows(2).filter_map(|two| match two {
        [Some(left), Some(right)] => Some([*left, *right]),
        _ => None,
    });
    alone.chain(joined).collect()
}

/// Where a label stands: which of its ends is at `x`, and how high.
struct Spot {
    x: f64,
    y: f64,
    anchor: &'static str,
}

/// The place for the label of a dashed line that runs across at one height: above or below one of its ends, clear of
/// the line of values where there is such a place.
fn spot(stretches: &[Stretch], [from, to]: [f64; 2], height: f64, width: f64) -> Spot {
    let (above, below) = (height - 7.0, height + 17.0);
    let spots = [("start", from, above), ("start", from, below), ("end", to, above), ("end", to, below)];
    let left_of = |anchor: &str, x: f64| if anchor == "end" { x - width } else { x };
    let is_clear = |anchor: &str, x: f64, y: f64| {
        let left = left_of(anchor, x);
        let is_inside = left >= LEFT && left + width <= WIDTH && y <= BOTTOM - 4.0;
        is_inside && !stretches.iter().any(|stretch| touches(*stretch, [left, left + width], [y - 11.0, y + 3.0]))
    };
    let clear = spots.into_iter().find(|&(anchor, x, y)| is_clear(anchor, x, y));
    let (anchor, x, y) =
        clear.unwrap_or(if from + width > WIDTH { ("end", to, above) } else { ("start", from, above) });
    Spot { x, y, anchor }
}

/// Whether a piece of the line comes into a box, or so near that its stroke or its dot would.
fn touches([(x1, y1), (x2, y2)]: Stretch, [left, right]: [f64; 2], [top, bottom]: [f64; 2]) -> bool {
    const AIR: f64 = 6.0;
    let (left, right) = (left.max(x1 - AIR), right.min(x2 + AIR));
    let height = |x: f64| if x2 > x1 { y1 + (y2 - y1) * ((x - x1) / (x2 - x1)).clamp(0.0, 1.0) } else { y1 };
    let (one, other) = (height(left), height(right));
    left <= right && one.min(other) < bottom + AIR && one.max(other) > top - AIR
}

/// The target as a step that changes where the promise did.
fn steps(points: &[Point], x: impl Fn(usize) -> f64, scale: &Scale) -> String {
    let mut drawn = String::new();
    let mut pen_is_down = false;
    for (place, point) in points.iter().enumerate() {
        match point.target {
            Some(target) if pen_is_down => drawn.push_str(&format!("H{}V{}", at(x(place)), at(scale.y(target)))),
            Some(target) => drawn.push_str(&format!("M{} {}", at(x(place)), at(scale.y(target)))),
            None => {}
        }
        pen_is_down = point.target.is_some();
    }
    drawn
}

fn across(place: usize, of: usize, left: f64, right: f64) -> f64 {
    let place = f64::from(u32::try_from(place).unwrap_or(u32::MAX));
    let steps = f64::from(u32::try_from(of.saturating_sub(1)).unwrap_or(u32::MAX));
    if steps < 1.0 { f64::midpoint(left, right) } else { left + (right - left) * place / steps }
}

/// A length as the drawing writes it: at most one decimal.
fn at(length: f64) -> String {
    let text = format!("{length:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// From values to heights.
struct Scale {
    low: f64,
    high: f64,
    bottom: f64,
    top: f64,
}

impl Scale {
    /// A scale that holds every value and target with a little air.
    fn of(points: &[Point], bottom: f64, top: f64) -> Self {
        let all = || points.iter().flat_map(|point| [point.value, point.target]).flatten();
        let (low, high) = all().fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        if low > high {
            return Self { low: 0.0, high: 1.0, bottom, top };
        }
        let step = step((high - low).max(high.abs() * 0.02).max(0.2));
        let (low, mut high) = ((low / step).floor() * step, (high / step).ceil() * step);
        if high - low < step {
            high = low + step;
        }
        Self { low, high, bottom, top }
    }

    fn y(&self, value: f64) -> f64 {
        self.bottom + (self.top - self.bottom) * (value - self.low) / (self.high - self.low)
    }

    /// Three heights: bottom, middle, top.
    fn ticks(&self) -> [f64; 3] {
        [self.low, f64::midpoint(self.low, self.high), self.high]
    }
}

/// A round step, two or so of which span the range.
fn step(range: f64) -> f64 {
    let power = 10_f64.powf(range.log10().floor());
    let round = [1.0, 2.0, 4.0, 10.0].into_iter().find(|times| times * power * 2.0 >= range).unwrap_or(10.0);
    round * power
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(values: &[Option<f64>], target: f64) -> Vec<Point> {
        let point = |value: &Option<f64>| Point {
            label: "Oct 2026".into(),
            value: *value,
            target: Some(target),
            reached: value.is_some_and(|value| value >= target),
        };
        values.iter().map(point).collect()
    }

    #[test]
    fn a_line_has_a_title_a_gap_where_nothing_is_known_and_a_square_for_a_miss() {
        let drawn = points(&[Some(92.0), None, Some(85.0), Some(91.0)], 90.0);
        let html = line("trend", "Calls answered", "Four months", &drawn, |value| format!("{value}%")).to_html();
        assert!(html.contains("<title id=\"trend-title\">Calls answered"), "{html}");
        assert!(html.contains("role=\"img\"") && html.contains("<desc"));
        assert_eq!(html.matches("<rect").count(), 1);
        assert_eq!(html.matches("<circle").count(), 2);
        assert!(html.contains("Promise: 90%") && !html.contains("style="));
        let scale = Scale::of(&drawn, BOTTOM, TOP);
        assert_eq!(path(&drawn, |_| 1.0, &scale).matches('M').count(), 2);
    }

    #[test]
    fn a_target_that_changed_is_a_step() {
        let mut drawn = points(&[Some(92.0), Some(93.0), Some(94.0)], 90.0);
        drawn[2].target = Some(95.0);
        let scale = Scale::of(&drawn, BOTTOM, TOP);
        let step = steps(&drawn, |place| across(place, 3, 0.0, 100.0), &scale);
        assert!(step.starts_with("M0 ") && step.contains("H50V") && step.contains("H100V"), "{step}");
    }

    #[test]
    fn the_promise_is_named_clear_of_the_line_where_there_is_room() {
        let (run, height, width) = ([LEFT, RIGHT], 100.0, 80.0);
        let named = |values: &[(f64, f64)]| {
            let pieces: Vec<Stretch> = values.windows(2).map(|two| [two[0], two[1]]).collect();
            let spot = spot(&pieces, run, height, width);
            (spot.anchor, spot.y > height)
        };
        assert_eq!(named(&[(LEFT, 150.0), (RIGHT, 150.0)]), ("start", false), "a line far below leaves room above");
        assert_eq!(named(&[(LEFT, 90.0), (RIGHT, 90.0)]), ("start", true), "a line just above sends it below");
        assert_eq!(named(&[(LEFT, 80.0), (150.0, 120.0), (200.0, 160.0), (RIGHT, 160.0)]), ("end", false));
        assert_eq!(
            named(&[(LEFT, 100.0), (RIGHT, 100.0)]),
            ("start", true),
            "seventeen below is clear of the dashes too"
        );
    }

    #[test]
    fn nothing_and_a_single_value_can_be_drawn() {
        for drawn in [points(&[], 0.0), points(&[Some(0.0)], 0.0), points(&[Some(100.0), Some(100.0)], 100.0)] {
            let html = line("t", "T", "D", &drawn, |value| value.to_string()).to_html() + &spark(&drawn).to_html();
            assert!(!html.contains("NaN") && !html.contains("inf"), "{html}");
        }
    }

    #[test]
    fn dots_carry_their_numbers() {
        let dot = Dot { label: "Repairs".into(), value: 80.0, low: 74.0, high: 85.0, shown: "80% (n 212)".into() };
        assert!(dots("d", "T", "D", &[dot]).to_html().contains("80% (n 212)"));
    }
}
