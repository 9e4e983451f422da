"""Fits somebody else's quantile trees on plain features of a New York run file, and prints how they do on its later rows.

quantiles_of_others.py FILE.csv.gz FIRST_LATER_MOMENT -> {"n": ..., "p10": ..., "p50": ..., "p90": ...} (pinball, seconds)
"""

import csv
import datetime
import gzip
import json
import sys

import numpy
from sklearn.ensemble import HistGradientBoostingRegressor

CATEGORIES = [
    "initial_call_type",
    "borough",
    "dispatch_area",
    "atom",
    "zipcode",
    "police_precinct",
    "community_district",
]
NUMBERS = ["initial_severity", "held", "zip_centroid_lat", "zip_centroid_lon"]
LEAST_SECONDS, MOST_SECONDS = 30, 7200  # as samples/schemas/nyc-ems.json


def number(cell):
    return float(cell) if cell not in ("", "NaN", "NA") else numpy.nan


def read(file):
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        rows = [
            row
            for row in csv.DictReader(lines)
            if LEAST_SECONDS <= number(row["incident_response_seconds"]) <= MOST_SECONDS
        ]
    return sorted(rows, key=lambda row: row["incident_datetime_local"])


def features(rows, learned, target):
    """Hour, weekday, numbers as they are, and for each category the mean of its runs, drawn to that of all as if by 20 more."""
    columns = []
    moments = [datetime.datetime.fromisoformat(row["incident_datetime_local"]) for row in rows]
    columns.append([moment.hour + moment.minute / 60 for moment in moments])
    columns.append([moment.weekday() for moment in moments])
    columns.extend([number(row[name]) for row in rows] for name in NUMBERS)
    mean = target.mean()
    for name in CATEGORIES:
        sums, counts = {}, {}
        for row, seconds in zip(rows[:learned], target):
            sums[row[name]] = sums.get(row[name], 0.0) + seconds
            counts[row[name]] = counts.get(row[name], 0) + 1
        columns.append(
            [(sums.get(row[name], 0.0) + 20 * mean) / (counts.get(row[name], 0) + 20) for row in rows]
        )
    return numpy.array(columns).T


def pinball(observed, said, share):
    error = observed - said
    return float(numpy.maximum(share * error, (share - 1) * error).mean())


def main(file, later):
    rows = read(file)
    observed = numpy.array([number(row["incident_response_seconds"]) for row in rows])
    learned = sum(row["incident_datetime_local"] < later for row in rows)
    table = features(rows, learned, observed[:learned])
    result = {"n": len(rows) - learned}
    for name, share in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9)):
        trees = HistGradientBoostingRegressor(loss="quantile", quantile=share, random_state=1)
        trees.fit(table[:learned], observed[:learned])
        result[name] = pinball(observed[learned:], trees.predict(table[learned:]), share)
    print(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
