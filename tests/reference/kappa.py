"""Makes kappa.json: what two people said of the same things, and what scikit-learn and statsmodels make of it.

See README.md.
"""

import json
import pathlib

import numpy
import sklearn
import statsmodels
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa


def described(name, both, first_only, second_only, neither):
    first = [1] * both + [1] * first_only + [0] * second_only + [0] * neither
    second = [1] * both + [0] * first_only + [1] * second_only + [0] * neither
    kappa = float(cohen_kappa_score(first, second, labels=[0, 1]))
    other = float(cohens_kappa(numpy.array([[both, first_only], [second_only, neither]]), return_results=False))
    assert abs(kappa - other) < 1e-12, (name, kappa, other)
    agreed = 100 * sum(one == two for one, two in zip(first, second)) / len(first)
    return {"name": name, "cells": [both, first_only, second_only, neither], "per_cent": agreed, "kappa": kappa}


sets = [
    described("textbook", 20, 5, 10, 15),
    described("alike", 12, 0, 0, 18),
    described("opposed", 0, 9, 11, 0),
    described("no better than chance", 9, 21, 21, 49),
    described("a rare theme", 2, 1, 1, 96),
    described("nearly everybody", 93, 2, 3, 2),
    described("one never ticks it", 0, 0, 7, 23),
    described("one always ticks it", 11, 19, 0, 0),
    described("of three", 1, 1, 0, 1),
    described("many", 1204, 87, 113, 2596),
]
chance = numpy.random.default_rng(2026)
for number in range(20):
    cells = [int(cell) for cell in chance.multinomial(int(chance.integers(30, 400)), chance.dirichlet([1, 1, 1, 1]))]
    sets.append(described(f"drawn {number + 1}", *cells))

made_with = {"scikit-learn": sklearn.__version__, "statsmodels": statsmodels.__version__, "numpy": numpy.__version__}
here = pathlib.Path(__file__).parent
(here / "kappa.json").write_text(json.dumps({"made_with": made_with, "sets": sets}) + "\n")
