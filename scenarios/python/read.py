"""Reads run folders of TmeSim in Python.

Needs numpy; `table` gives pandas where it is installed, else lists; `cells` needs anndata and what `tmesim export DIR --h5ad` wrote.

    import read
    run = read.Run("runs/quick-start-0123456789abcdef")
    series = run.table("timeseries.csv")
    tissue = run.snapshots()[-1].read()
    tissue["field:oxygen"].shape          # (ny, nx), in 3D (nz, ny, nx)
"""
import csv
import gzip
import json
import pathlib

import numpy as np


class Snapshot:
    """Tissue of one arm, replicate, lesion and time; only the first line of its file is read until `read`."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        with gzip.open(self.path) as stream:
            self.head = json.loads(stream.readline())
        self.arm, self.replicate, self.lesion = self.head["arm"], self.head["replicate"], self.head["lesion"]
        self.time_d, self.spacing_um = self.head["time_d"], self.head["spacing_um"]

    @property
    def shape(self):
        """Sites along the long axes, slowest first."""
        return tuple(n for n in (self.head["nz"], self.head["ny"], self.head["nx"]) if n > 1)

    def read(self):
        """All arrays by name: those over sites shaped as the tissue, lists of cells and vessels flat."""
        with gzip.open(self.path) as stream:
            stream.readline()
            raw = stream.read()
        arrays, at, sites = {}, 0, self.head["nx"] * self.head["ny"] * self.head["nz"]
        for entry in self.head["arrays"]:
            kind = np.dtype("<" + entry["type"])
            length = entry.get("length")
            values = np.frombuffer(raw, kind, sites if length is None else length, at)
            arrays[entry["name"]] = values.reshape(self.shape) if length is None else values
            at += values.nbytes
        return arrays

    def __repr__(self):
        return f"Snapshot({self.arm!r}, replicate {self.replicate}, {self.lesion!r}, day {self.time_d:g})"


class Run:
    """A run folder."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.manifest = json.loads((self.directory / "manifest.json").read_text(encoding="utf-8"))

    def snapshots(self, arm=None, replicate=None, lesion=None):
        """Snapshots by arm, replicate, lesion and time."""
        found = [Snapshot(path) for path in sorted((self.directory / "snapshots").glob("*.bin.gz"))]
        return [s for s in found if arm in (None, s.arm) and replicate in (None, s.replicate) and lesion in (None, s.lesion)]

    def table(self, name):
        """A table: a pandas DataFrame, or a dictionary of lists of text without pandas."""
        path = self.directory / name
        try:
            import pandas
        except ImportError:
            with open(path, newline="", encoding="utf-8") as stream:
                rows = list(csv.reader(stream))
            return {column: [row[i] for row in rows[1:]] for i, column in enumerate(rows[0])}
        return pandas.read_csv(path)

    def units(self):
        """Unit of each column of timeseries.csv."""
        return {column["name"]: column["unit"] for column in self.manifest["columns"]}

    def cells(self, directory=None):
        """Every cell of every snapshot as AnnData."""
        import anndata
        return anndata.read_h5ad(pathlib.Path(directory or self.directory / "export") / "cells.h5ad")
