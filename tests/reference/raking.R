# Makes raking.json: data sets and what R's survey package says of them. See README.md.
# Rscript raking.R

suppressMessages(library(survey))
library(jsonlite)
set.seed(20261127)

tight <- list(maxit = 100000, epsilon = 1e-15, verbose = FALSE)

# What is said of answers whose weights are taken as given: no cluster, no stratum, no calibration.
weighed <- function(people, w) {
  people$w <- w
  design <- svydesign(ids = ~1, weights = ~w, data = people)
  mean <- svymean(~satisfied, design)
  share <- unname(coef(mean))
  error <- unname(SE(mean)[1])
  effective <- share * (1 - share) / error^2
  f <- svychisq(~m1 + satisfied, design, statistic = "F")
  chisq <- svychisq(~m1 + satisfied, design, statistic = "Chisq")
  list(
    weights = w, effective = sum(w)^2 / sum(w^2), design_effect = length(w) * sum(w^2) / sum(w)^2,
    share = share, error = error,
    xlogit = as.vector(attr(svyciprop(~satisfied, design, method = "xlogit"), "ci")),
    wilson = as.vector(suppressWarnings(prop.test(share * effective, effective, correct = FALSE)$conf.int)),
    f = list(statistic = unname(f$statistic), p = unname(f$p.value), freedom = unname(f$parameter)),
    chisq = list(statistic = unname(chisq$statistic), p = unname(chisq$p.value), freedom = unname(chisq$parameter))
  )
}

# Everybody who answered, `targets` of each margin among everybody, and the cap as a multiple of the mean.
raked <- function(name, people, targets, cap) {
  margins <- paste0("m", seq_along(targets))
  design <- svydesign(ids = ~1, weights = ~1, data = people)
  formulas <- lapply(margins, function(margin) as.formula(paste("~", margin)))
  totals <- Map(function(margin, target) setNames(data.frame(seq_along(target), target), c(margin, "Freq")), margins, targets)
  fitted <- rake(design, formulas, totals, control = tight)
  scale <- sum(weights(fitted)) / nrow(people)
  trimmed <- trimWeights(fitted, upper = cap * scale, strict = TRUE)
  w <- as.vector(weights(fitted) / scale)
  for (at in seq_along(margins)) {
    found <- tapply(w * scale, people[[margins[at]]], sum)
    stopifnot(max(abs(found / targets[[at]] - 1)) < 1e-11)
  }
  key <- do.call(paste, c(people[margins], sep = "-"))
  first <- !duplicated(key)
  at <- match(key, key[first])
  cells <- lapply(seq_len(sum(first)), function(cell) {
    inside <- people[at == cell, ]
    list(at = unname(unlist(inside[1, margins])) - 1, people = nrow(inside), hits = sum(inside$satisfied))
  })
  by_cell <- function(said) { said$weights <- said$weights[first]; said }
  list(
    name = name, targets = targets, cap = cap, cells = cells, raked = by_cell(weighed(people, w)),
    trimmed = by_cell(weighed(people, as.vector(weights(trimmed) / scale)))
  )
}

# People drawn by chance: each margin's categories with these odds, and satisfaction that depends on the first.
drawn <- function(n, odds) {
  people <- as.data.frame(lapply(odds, function(odd) {
    all <- seq_along(odd)
    c(all, sample(all, n - length(all), replace = TRUE, prob = odd))
  }))
  names(people) <- paste0("m", seq_along(odds))
  people[-1] <- lapply(people[-1], sample)
  levels <- seq(0.45, 0.85, length.out = length(odds[[1]]))
  people$satisfied <- rbinom(n, 1, levels[people$m1])
  people
}

made <- list(
  made_with = list(R = as.character(getRversion()), survey = as.character(packageVersion("survey"))),
  sets = list(
    raked("two areas by two tenures", drawn(120, list(c(3, 1), c(5, 1))), list(c(2100, 1900), c(3000, 1000)), 3),
    raked("five areas by three ages", drawn(420, list(c(4, 2, 1, 3, 2), c(1, 2, 5))),
          list(c(412, 1203, 655, 980, 750), c(1500, 1300, 1200)), 2),
    raked("three margins", drawn(800, list(c(1, 2, 3), c(4, 1), c(1, 1, 2, 3))),
          list(c(900, 800, 700), c(1100, 1300), c(500, 600, 700, 600)), 2.5),
    raked("four margins", drawn(1500, list(c(2, 3, 4, 1), c(1, 1), c(5, 2, 1), c(1, 6))),
          list(c(3000, 2500, 2500, 2000), c(5200, 4800), c(4000, 3500, 2500), c(3000, 7000)), 3),
    raked("five margins", drawn(2500, list(c(3, 2, 2, 1, 1), c(2, 3), c(1, 2, 3), c(6, 1), c(1, 1, 1, 4))),
          list(c(1800, 2300, 1700, 2100, 2100), c(4900, 5100), c(3400, 3300, 3300), c(7200, 2800), c(2500, 2500, 2500, 2500)), 2),
    raked("a margin hardly answered", drawn(300, list(c(12, 1), c(1, 1, 1))), list(c(500, 500), c(300, 300, 400)), 1.8),
    raked("as they are", drawn(90, list(c(1, 1), c(1, 1))), list(c(45, 45), c(50, 40)), 3),
    raked("small", drawn(40, list(c(1, 2), c(2, 1))), list(c(510, 490), c(420, 580)), 1.3),
    raked("twelve areas by two", drawn(1100, list(c(1:12), c(3, 1))),
          list(rep(400, 12), c(2600, 2200)), 2),
    raked("a cap that is met again and again", drawn(600, list(c(9, 3, 2, 1), c(8, 2, 1))),
          list(c(1000, 1000, 1000, 1000), c(1300, 1300, 1400)), 1.5)
  )
)
write(toJSON(made, auto_unbox = TRUE, digits = I(17), pretty = FALSE), "raking.json")
