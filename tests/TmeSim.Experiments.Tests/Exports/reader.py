"""Holds scenarios/python/read.py to the tables of a run. Usage: reader.py FOLDER_OF_READ RUN EXPORT."""
import sys

import numpy as np
import pandas

sys.path.insert(0, sys.argv[1])
import read  # noqa: E402

run = read.Run(sys.argv[2])
series = run.table("timeseries.csv")
assert run.units()["tumor_cells"] is not None and len(series) > 0
cells = run.cells(sys.argv[3])
for snapshot in run.snapshots():
    arrays = snapshot.read()
    at = series[(series.arm == snapshot.arm) & (series.replicate == snapshot.replicate) & np.isclose(series.time_d, snapshot.time_d)]
    assert (arrays["parenchyma"] == 2).sum() == int(at.tumor_cells.iloc[0]), snapshot
    here = cells.obs[(cells.obs.arm == snapshot.arm) & (cells.obs.replicate == snapshot.replicate) & np.isclose(cells.obs.time_d, snapshot.time_d)]
    assert (here.type == "cd8").sum() == len(arrays["cd8_site"])
print(len(run.snapshots()), "snapshots")
