"""Makes figures.json: data sets and what independent implementations say of them.

Proportions, pooled z tests and Holm come from statsmodels, chi-square from scipy, the intervals with a
finite population from finding the roots of the score equation with scipy. See README.md.
"""

import json
import math
import pathlib

import numpy
import scipy
import scipy.optimize
import scipy.stats
import statsmodels
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint, proportions_ztest

QUANTILE = scipy.stats.norm.ppf(0.975)


def wilson(hits, base):
    return [float(end) for end in proportion_confint(hits, base, alpha=0.05, method="wilson")]


def finite(hits, base, population):
    """Both shares at which the observed one lies just 1.96 standard errors away, drawn without replacement."""
    share = hits / base

    def distance(true):
        variance = true * (1 - true) / base * (population - base) / (population - 1)
        return (share - true) ** 2 - QUANTILE**2 * variance

    def root(outer, inner):
        if inner == outer:
            return inner
        return scipy.optimize.brentq(distance, outer, inner, xtol=1e-15, rtol=1e-14, maxiter=1000)

    # At nought and at one the observed share is itself an end.
    return [root(0.0, share) if share > 0 else 0.0, root(1.0, share) if share < 1 else 1.0]


def described(name, groups, answers=None, homes=None):
    hits, base = sum(hit for hit, _ in groups), sum(base for _, base in groups)
    against = []
    for hit, part in groups:
        z, p = proportions_ztest([hit, hits - hit], [part, base - part])
        against.append({"z": float(z), "p": float(p)})
    test = scipy.stats.chi2_contingency([[hit, part - hit] for hit, part in groups], correction=False)
    answers = answers or base
    return {
        "name": name,
        "groups": groups,
        "answers": answers,
        "homes": homes,
        "wilson": [wilson(hit, part) for hit, part in groups],
        "overall": wilson(hits, base),
        # A question that only some were asked stands for the same part of all homes as of the answers.
        "finite": finite(hits, base, homes * base / answers) if homes else None,
        "against_rest": against,
        "holm": [float(p) for p in multipletests([one["p"] for one in against], method="holm")[1]],
        "chi_square": {"statistic": float(test.statistic), "freedom": int(test.dof), "p": float(test.pvalue)},
    }


def crossed(name, table):
    test = scipy.stats.chi2_contingency(table, correction=False)
    expect = {"statistic": float(test.statistic), "freedom": int(test.dof), "p": float(test.pvalue)}
    return {"name": name, "table": table, "chi_square": expect}


def drawn(random, name, bases, shares, **rest):
    groups = [[int(random.binomial(base, share)), int(base)] for base, share in zip(bases, shares)]
    return described(name, groups, **rest)


def main():
    random = numpy.random.default_rng(20261126)
    sets = [
        described("two areas far apart", [[180, 220], [110, 210]], homes=4_200),
        described("two areas alike", [[70, 100], [141, 200]], homes=2_436),
        described("one area of five differs", [[150, 200], [148, 200], [90, 200], [155, 200], [146, 200]], homes=18_800),
        described("a small group beside large ones", [[5, 9], [420, 600], [300, 450]], homes=8_797),
        described("nobody in one area", [[0, 40], [35, 60], [41, 70]]),
        described("everybody in one area", [[40, 40], [35, 60], [41, 70]], homes=900),
        described("nearly every home answered", [[61, 80], [70, 99]], homes=182),
        described("asked of those with a repair", [[88, 120], [57, 101]], answers=536, homes=7_271),
        drawn(random, "twelve areas", random.integers(30, 400, 12), random.uniform(0.4, 0.9, 12), homes=30_000),
        drawn(random, "six areas, one chance", random.integers(50, 300, 6), [0.71] * 6, homes=12_545),
        drawn(random, "large samples", [100_000, 250_000, 180_000], [0.700, 0.702, 0.699], homes=2_000_000),
        drawn(random, "small samples", [11, 14, 17, 12], [0.6, 0.7, 0.3, 0.5], homes=240),
        drawn(random, "far in the tail", [2_000, 2_000], [0.2, 0.8], homes=24_999),
        drawn(random, "twenty areas", random.integers(10, 90, 20), random.uniform(0.5, 0.8, 20)),
    ]
    tables = [
        crossed("two by two", [[12, 30], [25, 17]]),
        crossed("three ages by five points", [[40, 52, 11, 9, 6], [61, 70, 25, 17, 12], [88, 60, 19, 8, 5]]),
        crossed("no dependence at all", [[10, 20, 30], [20, 40, 60]]),
        crossed("by chance", random.multinomial(3_000, [1 / 24] * 24).reshape(4, 6).tolist()),
    ]
    made = {"made_with": {m.__name__: m.__version__ for m in (numpy, scipy, statsmodels)}, "sets": sets, "tables": tables}
    assert all(math.isfinite(one["z"]) for each in sets for one in each["against_rest"])
    path = pathlib.Path(__file__).with_name("figures.json")
    path.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


main()
