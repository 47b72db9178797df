# Golden numbers of the spatial statistics, made by R spatstat (and vegan for Morisita-Horn).
#
#   apt-get install r-cran-spatstat r-cran-vegan
#   Rscript golden.R points        # draws points.csv and points3d.csv anew (not needed to refresh the numbers)
#   Rscript golden.R               # reads them and writes expected.csv
#
# The first lines of expected.csv name the versions.
suppressMessages({library(spatstat); library(vegan)})
window <- owin(c(100, 1100), c(-50, 750))
box <- box3(c(0, 400), c(10, 310), c(-20, 230))

if (identical(commandArgs(trailingOnly = TRUE), "points")) {
  set.seed(20240607)
  a <- rMatClust(2.5e-5, 60, 6, win = window)       # clustered, about 120
  b <- rSSI(14, 170, win = window)                  # hard core of 14
  xy <- rbind(data.frame(x = a$x, y = a$y, type = "a"), data.frame(x = b$x, y = b$y, type = "b"))
  write.csv(data.frame(x = sprintf("%.15g", xy$x), y = sprintf("%.15g", xy$y), type = xy$type), "points.csv", row.names = FALSE, quote = FALSE)
  p3 <- rpoispp3(6e-6, domain = box)
  write.csv(data.frame(x = round(p3$data$x, 6), y = round(p3$data$y, 6), z = round(p3$data$z, 6)), "points3d.csv", row.names = FALSE, quote = FALSE)
  quit()
}

xy <- read.csv("points.csv")
all <- ppp(xy$x, xy$y, window = window, marks = factor(xy$type))
a <- unmark(all[marks(all) == "a"]); b <- unmark(all[marks(all) == "b"])
# Edge distances are binned on the breaks: on fine ones a point counts as "at least r from the edge" exactly when it is.
fine <- seq(0, 200000) / 1000; shown <- seq(10, 200, by = 10)
rows <- list()
put <- function(func, from, to, edge, r, value) rows[[length(rows) + 1]] <<- data.frame(func, from, to, edge, r, value)
at <- function(f, column, r = shown) f[[column]][match(round(r * 1000), round(f$r * 1000))]
edges <- c(none = "un", border = "border", translate = "trans", isotropic = "iso")
pick <- c("none", "border", "translate", "isotropic")

ka <- Kest(a, r = fine, correction = pick); kb <- Kest(b, r = fine, correction = pick)
la <- Lest(a, r = fine, correction = pick)
kab <- Kcross(all, "a", "b", r = fine, correction = pick); kba <- Kcross(all, "b", "a", r = fine, correction = pick)
lab <- Lcross(all, "a", "b", r = fine, correction = pick)
for (e in pick) {
  put("K", "a", "a", e, shown, at(ka, edges[e])); put("K", "b", "b", e, shown, at(kb, edges[e]))
  put("L", "a", "a", e, shown, at(la, edges[e])); put("L", "a", "b", e, shown, at(lab, edges[e]))
  put("K", "a", "b", e, shown, at(kab, edges[e])); put("K", "b", "a", e, shown, at(kba, edges[e]))
}

# Beyond half a side, where circles leave the window on several sides and hold corners.
far <- c(250, 330, 420, 500, 600); wide <- seq(0, 600, by = 0.5)
kw <- Kest(a, r = wide, correction = c("translate", "isotropic")); kabw <- Kcross(all, "a", "b", r = wide, correction = c("translate", "isotropic"))
for (e in c("translate", "isotropic")) { put("K", "a", "a", e, far, at(kw, edges[e], far)); put("K", "a", "b", e, far, at(kabw, edges[e], far)) }

gfine <- seq(0, 120000) / 1000; gshown <- seq(5, 100, by = 5)
ga <- Gest(a, r = gfine, correction = c("none", "rs")); gab <- Gcross(all, "a", "b", r = gfine, correction = c("none", "rs"))
gba <- Gcross(all, "b", "a", r = gfine, correction = c("none", "rs"))
gedges <- c(none = "raw", border = "rs")
for (e in names(gedges)) {
  put("G", "a", "a", e, gshown, at(ga, gedges[e], gshown))
  put("G", "a", "b", e, gshown, at(gab, gedges[e], gshown))
  put("G", "b", "a", e, gshown, at(gba, gedges[e], gshown))
}

put("nn_mean", "a", "a", "none", 0, mean(nndist(a))); put("nn_median", "a", "a", "none", 0, median(nndist(a)))
put("nn_mean", "a", "b", "none", 0, mean(nncross(a, b)$dist)); put("nn_median", "a", "b", "none", 0, median(nncross(a, b)$dist))
put("nn_mean", "b", "a", "none", 0, mean(nncross(b, a)$dist)); put("nn_median", "b", "a", "none", 0, median(nncross(b, a)$dist))

# pcf and pcfcross add their kernels by density.default, which bins the distances on 512 nodes. Here the same functions run with that one sum
# done exactly; pairs, edge weights, bandwidth and intensities stay theirs. The values of plain pcfcross follow as they come.
exact_sum <- function(d, w, denargs, lambda2area, divisor = c("r", "d")) {
  divisor <- match.arg(divisor)
  h <- denargs$bw * sqrt(5)
  r <- seq(denargs$from, denargs$to, length.out = denargs$n)
  if (divisor == "d") w <- w / d
  y <- sapply(r, function(x) { u <- (x - d) / h; sum(ifelse(abs(u) < 1, w * 0.75 * (1 - u^2) / h, 0)) })
  data.frame(r = r, g = (if (divisor == "r") y / r else y) / (2 * pi * lambda2area))
}
exactly <- function(f, ...) {
  environment(f) <- list2env(list(sewpcf = exact_sum), parent = asNamespace("spatstat.explore"))
  f(...)
}
pshown <- seq(5, 200, by = 5); pr <- seq(0, 200, by = 0.5)
for (divisor in c("r", "d")) {
  gc <- exactly(pcfmulti, all, marks(all) == "a", marks(all) == "b", r = pr, correction = c("translate", "isotropic"), divisor = divisor)
  gu <- exactly(pcf.ppp, a, r = pr, correction = c("translate", "isotropic"), divisor = divisor)
  for (e in c("translate", "isotropic")) {
    put(paste0("pcf_", divisor), "a", "b", e, pshown, at(gc, edges[e], pshown)); put(paste0("pcf_", divisor), "a", "a", e, pshown, at(gu, edges[e], pshown))
  }
}
default <- pcfcross(all, "a", "b", r = pr)
for (e in c("translate", "isotropic")) put("pcfcross_plain", "a", "b", e, pshown, at(default, edges[e], pshown))

p3 <- read.csv("points3d.csv"); x3 <- pp3(p3$x, p3$y, p3$z, box)
k3 <- K3est(x3, rmax = 100, nrval = 101, correction = "translation"); shown3 <- seq(10, 100, by = 10)
put("K3", "a", "a", "translate", shown3, k3$trans[match(shown3, round(k3$r, 9))])
put("nn_mean3", "a", "a", "none", 0, mean(nndist(x3)))

for (q in c(50, 100, 200)) {
  counts <- function(p) as.vector(quadratcount(p, xbreaks = seq(100, 1100, by = q), ybreaks = seq(-50, 750, by = q)))
  put("morisita_horn", "a", "b", "none", q, 1 - as.numeric(vegdist(rbind(counts(a), counts(b)), method = "horn")))
  put("quadrat_chi2", "a", "a", "none", q, as.numeric(suppressWarnings(chisq.test(counts(a)))$statistic))
}

con <- file("expected.csv", "w")
writeLines(paste0("# ", R.version.string, ", spatstat ", packageVersion("spatstat"), " (spatstat.explore ", packageVersion("spatstat.explore"), ", spatstat.geom ", packageVersion("spatstat.geom"), "), vegan ", packageVersion("vegan")), con)
table <- do.call(rbind, rows); table$value <- sprintf("%.17g", table$value)
write.csv(table, con, row.names = FALSE, quote = FALSE); close(con)
