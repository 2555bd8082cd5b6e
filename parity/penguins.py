"""The R² that scikit-learn 1.9.1 has on the penguins of the sample 'tabular', divided as the sample divides them.

usage: penguins.py [SEED]
"""
import sys
from pathlib import Path

import pandas
import torch
from sklearn.compose import make_column_transformer
from sklearn.ensemble import RandomForestRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

TABLE = Path(__file__).parent.parent / "samples/src/main/resources/csv/penguins.csv"
NUMBERS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm"]
WORDS = ["species", "island", "sex"]


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    table = pandas.read_csv(TABLE).dropna(subset=["body_mass_g"]).reset_index(drop=True)
    table["sex"] = table["sex"].astype(object).where(table["sex"].notna(), "unknown")
    train, _, test = (table.iloc[list(part)] for part in torch.utils.data.random_split(
        range(len(table)), [0.6, 0.2, 0.2], torch.Generator().manual_seed(seed)))
    encode = make_column_transformer(
        (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), NUMBERS),
        (OneHotEncoder(handle_unknown="ignore"), WORDS))
    mean, deviation = train["body_mass_g"].mean(), train["body_mass_g"].std()
    for model in [LinearRegression(), RandomForestRegressor(random_state=0),
                  MLPRegressor(hidden_layer_sizes=32, max_iter=5000, early_stopping=True, learning_rate_init=0.01, random_state=0)]:
        pipeline = make_pipeline(encode, model)
        pipeline.fit(train[NUMBERS + WORDS], (train["body_mass_g"] - mean) / deviation)
        score = pipeline.score(test[NUMBERS + WORDS], (test["body_mass_g"] - mean) / deviation)
        print(f"{type(model).__name__}: R² {score:.3f}")


if __name__ == "__main__":
    main()
