# Makes weights.json: data sets and what R's survey package says of them. See README.md.
# Rscript weights.R

suppressMessages(library(survey))
library(jsonlite)

# Weighing groups as they are among everybody; the interval is Wilson's at Kish's effective base.
stratified <- function(name, homes, answered, hits) {
  group <- rep(seq_along(answered), answered)
  satisfied <- unlist(Map(function(hit, base) rep(c(1, 0), c(hit, base - hit)), hits, answered))
  design <- svydesign(ids = ~1, weights = ~1, data = data.frame(group, satisfied))
  fitted <- postStratify(design, ~group, data.frame(group = seq_along(homes), Freq = homes))
  w <- weights(fitted) * length(group) / sum(weights(fitted))
  share <- unname(coef(svymean(~satisfied, fitted)))
  effective <- sum(w)^2 / sum(w^2)
  interval <- suppressWarnings(prop.test(share * effective, effective, correct = FALSE)$conf.int)
  list(
    name = name, homes = homes, answered = answered, hits = hits, weights = w[!duplicated(group)],
    share = share, effective = effective, interval = as.vector(interval)
  )
}

made <- list(
  made_with = list(R = as.character(getRversion()), survey = as.character(packageVersion("survey"))),
  sets = list(
    stratified("two areas", c(3000, 2000), c(80, 20), c(60, 10)),
    stratified("five areas", c(412, 1203, 655, 980, 750), c(61, 92, 80, 44, 73), c(50, 60, 51, 20, 49)),
    stratified("as they are", c(100, 200, 300), c(10, 20, 30), c(7, 11, 21)),
    stratified("one area hardly answered", c(5000, 5000, 200), c(300, 12, 9), c(240, 5, 9)),
    stratified("everybody satisfied in one", c(840, 160), c(40, 40), c(40, 12)),
    stratified("nobody satisfied in one", c(77, 93, 110), c(31, 22, 40), c(0, 11, 30))
  )
)
write(toJSON(made, auto_unbox = TRUE, digits = I(17), pretty = FALSE), "weights.json")
