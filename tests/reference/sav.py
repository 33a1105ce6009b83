"""Reads answers.sav with pyreadstat (the ReadStat library) and writes what it found into answers.json."""

import json
import math

import pyreadstat

frame, found = pyreadstat.read_sav("answers.sav", user_missing=True)


def plain(value):
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.isoformat() if hasattr(value, "isoformat") else value


def variable(name):
    values = found.variable_value_labels.get(name, {})
    return {
        "label": found.column_names_to_labels[name],
        "values": {str(int(code)): words for code, words in values.items()},
        "missing": [[part["lo"], part["hi"]] for part in found.missing_ranges.get(name, [])],
        "measure": found.variable_measure[name],
    }


read = {
    "encoding": found.file_encoding,
    "label": found.file_label,
    "cases": found.number_rows,
    "names": found.column_names,
    "variables": {name: variable(name) for name in found.column_names},
    "rows": [[plain(value) for value in row] for row in frame.itertuples(index=False)],
}
with open("answers.json", "w", encoding="utf-8") as out:
    json.dump(read, out, ensure_ascii=False, indent=1)
    out.write("\n")
