"""What pandas 3.1.1 and scikit-learn 1.9.1 make of a table with empty cells and words that are not known.

usage: tables.py
"""
import random
from pathlib import Path

import pandas
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder, StandardScaler

FOLDER = Path(__file__).parent.parent / "runtime/src/test/resources/parity/tables"
TOWNS = ["Basel", "Örebro", "zug", "Zürich", "St. Gallen, SG", 'the "Hague"', "10"]
NUMBERS = ["mean", "median", "constant", "scaled", "scaled_median"]


def row(chance, towns):
    some = {name: round(chance.gauss(170, 12), chance.choice([0, 1, 3])) for name in NUMBERS}
    some |= {"town": chance.choice(towns), "colour": chance.choice(["red", "green", "none"]),
             "price": round(chance.random() * 1e3, 2), "kind": chance.choice(["cat", "dog", "Ape"])}
    for name in ["mean", "median", "constant", "scaled_median", "colour"]:
        if chance.random() < 0.2:
            some[name] = None
    return some


def encoded(train, test):
    """The columns of the test table, by what was learned from the other."""
    steps = {
        "mean": SimpleImputer(strategy="mean"),
        "median": SimpleImputer(strategy="median"),
        "constant": SimpleImputer(strategy="constant", fill_value=-1.5),
        "scaled": StandardScaler(),
        "scaled_median": make_pipeline(SimpleImputer(strategy="median"), StandardScaler()),
        "town": OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1),
        "colour": make_pipeline(SimpleImputer(missing_values=None, strategy="constant", fill_value="none"),
                                OrdinalEncoder()),
        "kind": OrdinalEncoder(),
    }
    result = pandas.DataFrame({"price": test["price"]})
    for name, step in steps.items():
        step.fit(train[[name]])
        result[name] = step.transform(test[[name]])[:, 0]
    result["town"] += 1  # 0 is for what is not known
    return result.astype({name: int for name in ["town", "colour", "kind"]})


def main():
    chance = random.Random(19)
    tables = {"train": pandas.DataFrame([row(chance, TOWNS[:-1]) for _ in range(40)]),
              "test": pandas.DataFrame([row(chance, TOWNS + ["Bern"]) for _ in range(15)])}
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        table.to_csv(FOLDER / f"{name}.csv", index=False, lineterminator="\n")
    # As a reader would see them: texts are read back, empty cells as such.
    read = {name: pandas.read_csv(FOLDER / f"{name}.csv", dtype={"town": str}, keep_default_na=False,
                                  na_values=[""]) for name in tables}
    for table in read.values():
        for name in ["town", "colour", "kind"]:
            table[name] = table[name].astype(object).where(table[name].notna(), None)
    encoded(read["train"], read["test"]).to_csv(FOLDER / "encoded.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
