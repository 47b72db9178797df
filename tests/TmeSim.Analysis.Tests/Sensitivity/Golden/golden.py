# Golden numbers of the sensitivity tests, made by SciPy and NumPy; the first line of each file names the versions.
#
#   python3 golden.py      # writes the .csv files beside it
import numpy as np, scipy
from scipy import stats
from scipy.stats import qmc

HEAD = f"# SciPy {scipy.__version__}, NumPy {np.__version__}, see golden.py"


def write(name, rows):
    with open(name, "w") as f:
        f.write(HEAD + "\n")
        for row in rows:
            f.write(",".join(v if isinstance(v, str) else repr(v) for v in row) + "\n")


# Numerators of the first 256 points in 8 dimensions, over 256.
write("sobol-8.csv", [[int(v * 256) for v in p] for p in qmc.Sobol(8, scramble=False).random(256)])

# Points 2^k - 1 (direction number k alone) and some others of the first 4096 in 1024 dimensions: index, then numerators over 4096.
points = qmc.Sobol(1024, scramble=False).random(4096)
write("sobol-1024.csv", [[i] + [int(v * 4096) for v in points[i]] for i in [2**k - 1 for k in range(13)] + [1000, 2500, 4094]])


# kind, four parameters as of the constructor (nan: not used), "quantile" or "log", argument, value.
def truncated(dist, low, high):
    below, above = dist.cdf(low), dist.cdf(high)
    mirrored = dist.sf(low) < below
    mass = dist.sf(low) - dist.sf(high) if mirrored else above - below
    quantile = (lambda u: dist.isf(dist.sf(low) - u * mass)) if mirrored else (lambda u: dist.ppf(below + u * mass))
    return quantile, lambda x: dist.logpdf(x) - np.log(mass)


def lognormal(mean, sd):
    s2 = np.log1p((sd / mean) ** 2)
    return stats.lognorm(np.sqrt(s2), scale=mean / np.exp(s2 / 2))


def beta(mean, sd, low, high):
    m, s = (mean - low) / (high - low), sd / (high - low)
    v = m * (1 - m) / s**2 - 1
    return stats.beta(m * v, (1 - m) * v, loc=low, scale=high - low)


nan, inf = float("nan"), float("inf")
rows = []
UNITS = [0.001, 0.025, 0.25, 0.5, 0.8, 0.99, 0.9999]


def put(kind, parameters, quantile, log):
    for u in UNITS:
        x = float(quantile(u))
        rows.append([kind, *map(float, parameters), "quantile", u, x])
        if np.isfinite(log(x)):  # not where rounding puts the quantile on an end
            rows.append([kind, *map(float, parameters), "log", x, float(log(x))])


for a, b in [(0, 1), (-3, 5), (1e-9, 2e6)]:
    put("uniform", (a, b, nan, nan), stats.uniform(a, b - a).ppf, stats.uniform(a, b - a).logpdf)
for a, b in [(1, 10), (1e-6, 3e4)]:
    put("loguniform", (a, b, nan, nan), stats.loguniform(a, b).ppf, stats.loguniform(a, b).logpdf)
for a, c, b in [(0, 0.3, 1), (-2, -2, 5), (1, 4, 4), (10, 12, 30)]:
    d = stats.triang((c - a) / (b - a), loc=a, scale=b - a)
    put("triangular", (a, c, b, nan), d.ppf, d.logpdf)
for m, s, a, b in [(0, 1, -inf, inf), (5, 2, 0, 10), (0, 1, 2, inf), (0, 1, 4, 5), (0, 1, -5, -4.5), (3, 0.5, 2.9, 3.4), (1, 10, -inf, 0)]:
    put("normal", (m, s, a, b), *truncated(stats.norm(m, s), a, b))
for m, s, a, b in [(1, 0.5, 0, inf), (200, 300, 0, inf), (2, 1, 1, 5), (1e-4, 1e-7, 0, inf), (3, 1, 6, inf)]:
    put("lognormal", (m, s, a, b), *truncated(lognormal(m, s), a, b))
for m, s, a, b in [(0.5, 0.2, 0, 1), (0.4, 0.15, 0, 1), (0.1, 0.25, 0, 1), (0.5, 0.45, 0, 1), (7, 1, 2, 10), (0.3, 0.001, 0, 1), (0.02, 0.01, 0, 1), (0.5, 12**-0.5, 0, 1)]:
    d = beta(m, s, a, b)
    put("beta", (m, s, a, b), d.ppf, d.logpdf)
write("distributions.csv", rows)


# Partial rank correlations by regression of ranks: data first (x1 … x4, y), then per factor value, low, high, p, and Spearman's value and p.
def residual(v, others):
    design = np.column_stack([np.ones(len(v)), *others])
    return v - design @ np.linalg.lstsq(design, v, rcond=None)[0]


rng = np.random.default_rng(20080821)
x1 = rng.random(60)
x2 = np.round(0.7 * x1 + 0.3 * rng.random(60), 1)  # follows x1, with ties
x3 = rng.random(60)
x4 = rng.integers(0, 4, 60).astype(float)
y = np.exp(3 * x1) - 4 * x3**3 + 0.5 * x4 + rng.normal(0, 2, 60)
ranks = [stats.rankdata(v) for v in (x1, x2, x3, x4)]
rows = [list(map(float, r)) for r in zip(x1, x2, x3, x4, y)]
for i in range(4):
    others = [r for j, r in enumerate(ranks) if j != i]
    r = float(np.corrcoef(residual(ranks[i], others), residual(stats.rankdata(y), others))[0, 1])
    n, g = 60, 3
    t = r * np.sqrt((n - 2 - g) / (1 - r * r))
    low, high = np.tanh(np.arctanh(r) + np.array([-1, 1]) * stats.norm.ppf(0.975) / np.sqrt(n - 3 - g))
    s = stats.spearmanr((x1, x2, x3, x4)[i], y)
    rows.append([r, float(low), float(high), float(2 * stats.t.sf(abs(t), n - 2 - g)), float(s.statistic), float(s.pvalue)])
write("prcc.csv", rows)
