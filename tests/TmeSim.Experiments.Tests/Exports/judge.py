"""Opens exports of a run with the Python packages of Debian and holds them to points.csv and the snapshots.

Usage: judge.py RUN EXPORT. Prints what was compared; an assertion that fails is the verdict.
"""
import glob
import gzip
import json
import os
import sys

import anndata
import numpy as np
import pandas
import vtk
import zarr
from vtk.util.numpy_support import vtk_to_numpy

run, export = sys.argv[1:3]


def halves(values):
    """Means of two sites along each axis, of those that are there and finite."""
    for axis in range(values.ndim):
        if values.shape[axis] > 1:
            odd = values.shape[axis] % 2
            values = np.pad(values, [(0, odd if i == axis else 0) for i in range(values.ndim)], constant_values=np.nan)
    blocks = values.astype("f8")
    for axis in reversed(range(blocks.ndim)):
        if blocks.shape[axis] > 1:
            blocks = np.moveaxis(blocks, axis, 0)
            blocks = np.stack([blocks[0::2], blocks[1::2]], axis=-1)
            blocks = np.moveaxis(blocks, 0, axis)
    return np.nanmean(blocks.reshape(blocks.shape[: values.ndim] + (-1,)), axis=-1) if blocks.ndim > values.ndim else blocks


def pyramid(group, datasets, index, spacing, labels):
    """Coarser levels of an array: shapes, scales, and values from the level below."""
    assert len(datasets) > 1
    space = group["0"].ndim - len(index)
    for finer, coarser in zip(datasets, datasets[1:]):
        a, b = group[finer["path"]][index], group[coarser["path"]][index]
        assert b.shape == tuple((n + 1) // 2 for n in a.shape)
        scale, translation = (coarser["coordinateTransformations"][i][k] for i, k in ((0, "scale"), (1, "translation")))
        assert scale[-space:] == [2 * s for s in finer["coordinateTransformations"][0]["scale"][-space:]]
        assert translation[-space:] == [s / 2 for s in scale[-space:]]
        wanted = a[(slice(None, None, 2),) * a.ndim] if labels else halves(a)
        assert np.array_equal(b, wanted) if labels else np.allclose(b, wanted, rtol=1e-6, atol=0, equal_nan=True)
    assert datasets[0]["coordinateTransformations"][0]["scale"][-space:] == [spacing] * space


def snapshot(path):
    head, _, raw = gzip.open(path).read().partition(b"\n")
    head, arrays, at = json.loads(head), {}, 0
    sites = head["nx"] * head["ny"] * head["nz"]
    for entry in head["arrays"]:
        kind = np.dtype("<" + entry["type"])
        length = entry["length"] if entry.get("length") is not None else sites
        arrays[entry["name"]] = np.frombuffer(raw, kind, length, at)
        at += length * kind.itemsize
    return head, arrays


def cells(adata, points):
    assert adata.n_obs == len(points) and adata.obs_names.is_unique
    for column in ["arm", "replicate", "lesion", "time_d", "cell_id", "x_um", "y_um", "z_um", "type", "state"]:
        assert (adata.obs[column].astype(points[column].dtype).values == points[column].values).all(), column
    for name in adata.var_names:
        ours, theirs = np.asarray(adata[:, name].X).ravel(), points[name].values
        assert np.allclose(ours, theirs, rtol=1e-5, atol=0, equal_nan=True), name
    clones = adata.obs["clone_index"].where(adata.obs["clone_index"] >= 0).values
    assert np.array_equal(clones, points["clone"].values, equal_nan=True)
    for column in ["engaged", "tumor_reactive"]:
        flags = adata.obs[column].map({"no": 0.0, "yes": 1.0}).astype(float).values
        assert np.array_equal(flags, points[column].values, equal_nan=True), column
    axes = [a for a in ["x_um", "y_um", "z_um"] if points[a].nunique() > 1]
    assert np.array_equal(adata.obsm["spatial"], points[axes].values)
    assert adata.uns["scenario_yaml"].startswith("schema:")


points = pandas.read_csv(os.path.join(export, "points.csv"))
cells(anndata.read_h5ad(os.path.join(export, "cells.h5ad")), points)
cells(anndata.read_zarr(os.path.join(export, "cells.zarr")), points)

arrays = 0
for path in sorted(glob.glob(os.path.join(run, "snapshots", "*.gz"))):
    head, held = snapshot(path)
    stem = os.path.basename(path)[: -len(".bin.gz")]
    long = [n for n in (head["nx"], head["ny"], head["nz"]) if n > 1]
    shape, sites = tuple(reversed(long)), int(np.prod(long))
    spread = {name: np.full(sites, np.nan, "f4") for name in ("cd8_exhaustion", "macrophage_cd163", "vessel_perfusion")}
    for name, values in spread.items():
        values[held[name.split("_")[0] + "_site"]] = held[name]

    reader = vtk.vtkXMLImageDataReader()
    reader.SetFileName(os.path.join(export, "vtk", stem + ".vti"))
    reader.Update()
    image = reader.GetOutput()
    assert image.GetDimensions() == tuple(n + 1 for n in long + [1] * (3 - len(long)))
    assert image.GetSpacing() == (head["spacing_um"],) * 3
    assert image.GetFieldData().GetArray("TimeValue").GetValue(0) == head["time_d"]
    for name, values in {**{k.replace("field:", ""): v for k, v in held.items() if len(v) == sites}, **spread}.items():
        assert np.array_equal(vtk_to_numpy(image.GetCellData().GetArray(name)), values, equal_nan=True), name
        arrays += 1

    store = zarr.open(os.path.join(export, "ome-zarr", stem.rsplit(".t", 1)[0] + ".ome.zarr"), "r")
    about = store.attrs.asdict()
    scale = about["multiscales"][0]["datasets"][0]["coordinateTransformations"][0]["scale"]
    assert scale[2:] == [head["spacing_um"]] * len(long) and about["multiscales"][0]["axes"][-1]["unit"] == "micrometer"
    time = about["tmesim"]["times_d"].index(head["time_d"])
    assert abs(about["tmesim"]["times_d"][0] + time * scale[0] - head["time_d"]) < 1e-6
    for i, channel in enumerate(about["tmesim"]["channels"]):
        name = channel["name"] if channel["name"] in held else "field:" + channel["name"]
        assert np.array_equal(store["0"][time, i], held[name].reshape(shape)), name
        pyramid(store, about["multiscales"][0]["datasets"], (time, i), head["spacing_um"], labels=False)
        arrays += 1
    for label in ("parenchyma", "immune", "clone"):
        assert np.array_equal(store["labels/" + label + "/0"][time], held[label].reshape(shape)), label
        group = store["labels/" + label]
        pyramid(group, group.attrs.asdict()["multiscales"][0]["datasets"], (time,), head["spacing_um"], labels=True)
        arrays += 1
    marks = np.zeros(sites, "u1")
    marks[held["vessel_site"]] = 1
    assert np.array_equal(store["labels/vessels/0"][time], marks.reshape(shape))

print(f"{len(points)} cells twice, {arrays} arrays")
