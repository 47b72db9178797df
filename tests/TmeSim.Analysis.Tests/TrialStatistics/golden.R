# Golden numbers of the statistics of trials, made by R: survival, etm, pROC, partykit and base.
#
#   apt-get install r-cran-survival r-cran-partykit r-cran-proc r-cran-etm
#   Rscript golden.R data          # draws patients.csv and traits.csv anew (not needed to refresh the numbers)
#   Rscript golden.R               # reads them and leukaemia.csv and writes expected.csv and trees.csv
#
# leukaemia.csv: remissions in weeks under 6-mercaptopurine (arm 0) and placebo (1), Freireich et al. 1963 (Blood 21, 699), with log white
# cells of Kleinbaum and Klein, Survival Analysis, 3rd ed. 2012. Typed; coefficients with Breslow's ties are those printed there (checked below).
# The first line of the tables names the versions.
suppressMessages({library(survival); library(partykit); library(pROC); library(etm)})

if (identical(commandArgs(trailingOnly = TRUE), "data")) {
  set.seed(20250911)
  n <- 160
  arm <- rep(0:1, n / 2); site <- sample(1:4, n, TRUE); age <- round(rnorm(n, 62, 9)); marker <- round(rexp(n), 3)
  progression <- rexp(n, 0.08 * exp(-0.6 * arm + 0.03 * (age - 62) - 0.3 * marker)); death <- rexp(n, 0.03); lost <- runif(n, 2, 40)
  time <- pmin(progression, death, lost)
  cause <- ifelse(time == lost, 0, ifelse(time == progression, 1, 2))
  time <- ifelse(runif(n) < 0.8, ceiling(2 * time) / 2, round(time, 4))     # visits make ties
  lp <- -1 + 0.9 * arm + 0.6 * marker
  response <- rbinom(n, 1, plogis(lp)); risk <- round(plogis(-0.6 + 0.7 * arm + 0.9 * marker), 4)
  write.csv(data.frame(time, cause, arm, site, age, marker, response, risk), "patients.csv", row.names = FALSE, quote = FALSE)

  m <- 300
  size <- round(rlnorm(m, 1, 0.5), 2); cd8 <- round(rgamma(m, 2) * 100); age <- round(rnorm(m, 60, 10)); noise <- round(rnorm(m), 3)
  type <- sample(c("desert", "excluded", "inflamed", "mixed", "unknown"), m, TRUE); sex <- sample(c("f", "m"), m, TRUE)
  hot <- (type %in% c("inflamed", "mixed")) + (cd8 > 180)
  change <- round(-20 * hot + 8 * (size > 3) + rnorm(m, 0, 22), 1)
  best <- cut(change + rnorm(m, 0, 5), c(-Inf, -30, 20, Inf), c("pr", "sd", "pd"))
  pfs <- rexp(m, 0.1 * exp(-0.7 * hot + 0.4 * (size > 3))); lost <- runif(m, 1, 30)
  time <- ceiling(4 * pmin(pfs, lost)) / 4; event <- as.integer(pfs <= lost)
  noise[sample(m, 25)] <- NA
  holes <- cd8; holes[sample(m, 40)] <- NA
  write.csv(data.frame(size, cd8, age, noise, holes, type, sex, change, best, time, event), "traits.csv", row.names = FALSE, quote = FALSE)
  quit()
}

rows <- list()
put <- function(key, value) rows[[length(rows) + 1]] <<- data.frame(key = paste0(key, ifelse(length(value) > 1, ".", ""),
  if (length(value) > 1) seq_along(value) - 1 else ""), value = sprintf("%.15g", as.numeric(value)))
versions <- paste0("# R ", getRversion(), ", ", paste(sapply(c("survival", "partykit", "pROC", "etm"), function(p) paste(p, packageVersion(p))), collapse = ", "))

d <- read.csv("leukaemia.csv"); p <- read.csv("patients.csv")
b <- coef(coxph(Surv(time, status) ~ arm + logwbc, d, ties = "breslow")); stopifnot(all(round(b, 3) == c(1.294, 1.604)))

# Curves.
curve <- function(key, f) {
  put(paste0(key, ".survival"), f$surv); put(paste0(key, ".error"), f$surv * f$std.err); put(paste0(key, ".low"), f$lower)
  put(paste0(key, ".high"), f$upper); put(paste0(key, ".risk"), f$n.risk)
  for (q in c(0.1, 0.25, 0.5, 0.75)) { x <- quantile(f, q); put(paste0(key, ".q", q), c(x$quantile, x$lower, x$upper)) }
}
km <- function(data) survfit(Surv(time, status) ~ 1, data, conf.type = "log-log")
p$status <- as.integer(p$cause == 1)
curve("km.mercaptopurine", km(d[d$arm == 0, ])); curve("km.placebo", km(d[d$arm == 1, ])); curve("km.patients", km(p))
x <- quantile(survfit(Surv(time, 1 - status) ~ 1, p, conf.type = "log-log"), 0.5); put("followup", c(x$quantile, x$lower, x$upper))

# Tests.
logrank <- function(key, t) {
  put(paste0(key, ".chi"), t$chisq); put(paste0(key, ".p"), pchisq(t$chisq, length(t$n) - 1, lower.tail = FALSE))
  sums <- function(x) if (is.matrix(x)) rowSums(x) else x
  put(paste0(key, ".observed"), sums(t$obs)); put(paste0(key, ".expected"), sums(t$exp))
}
logrank("logrank.leukaemia", survdiff(Surv(time, status) ~ arm, d)); logrank("logrank.sites", survdiff(Surv(time, status) ~ site, p))
logrank("logrank.stratified", survdiff(Surv(time, status) ~ arm + strata(site), p))

# Cox.
cox <- function(key, f) {
  s <- summary(f)
  put(paste0(key, ".coef"), unname(coef(f))); put(paste0(key, ".se"), sqrt(diag(vcov(f)))); put(paste0(key, ".low"), s$conf.int[, 3])
  put(paste0(key, ".high"), s$conf.int[, 4]); put(paste0(key, ".z"), s$coefficients[, 4]); put(paste0(key, ".p"), s$coefficients[, 5])
  put(paste0(key, ".loglik"), f$loglik); put(paste0(key, ".lr"), s$logtest); put(paste0(key, ".wald"), c(f$wald.test, s$waldtest[2:3]))
  put(paste0(key, ".score"), s$sctest); put(paste0(key, ".concordance"), unname(s$concordance[1])); put(paste0(key, ".covariance"), f$var[1, ncol(f$var)])
}
exact <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 50)
cox("cox.arm", coxph(Surv(time, status) ~ arm, d, control = exact)); cox("cox.wbc", coxph(Surv(time, status) ~ arm + logwbc, d, control = exact))
cox("cox.patients", coxph(Surv(time, status) ~ arm + age + marker, p, control = exact))
cox("cox.stratified", coxph(Surv(time, status) ~ arm + age + marker + strata(site), p, control = exact))

# The same patients in two arms: rows 1 and 2, 3 and 4, ... are one patient.
p$pair <- rep(seq_len(nrow(p) / 2), each = 2)
robust <- function(key, f) {
  s <- summary(f)
  put(paste0(key, ".se"), sqrt(diag(vcov(f)))); put(paste0(key, ".wald"), c(f$wald.test, s$waldtest[2:3]))
  put(paste0(key, ".score"), unname(s$robscore[1:3])); put(paste0(key, ".low"), s$conf.int[, 3])
}
robust("cox.pairs", coxph(Surv(time, status) ~ arm, p, cluster = pair, control = exact))
robust("cox.pairs.three", coxph(Surv(time, status) ~ arm + age + marker, p, cluster = pair, control = exact))
robust("cox.pairs.strata", coxph(Surv(time, status) ~ arm + age + strata(site), p, cluster = pair, control = exact))
first <- p[p$arm == 0, ]; second <- p[p$arm == 1, ]
auc <- function(data, tau) { f <- eval(bquote(survfit(Surv(time, status) ~ 1, data = .(data)))); as.numeric(residuals(f, times = tau, type = "auc")) }
put("influence.first", auc(first, 15)); put("influence.second", auc(second, 8))
pairs <- table(first$response, second$response)
put("mcnemar", binom.test(pairs[1, 2], pairs[1, 2] + pairs[2, 1])$p.value)
put("mcnemar.1of9", binom.test(1, 9)$p.value)

# Restricted means and landmarks.
rmst <- function(data, tau) { t <- summary(survfit(Surv(time, status) ~ 1, data), rmean = tau)$table; unname(t[grep("rmean", names(t))]) }
put("rmst.mercaptopurine", rmst(d[d$arm == 0, ], 20)); put("rmst.placebo", rmst(d[d$arm == 1, ], 20))
put("rmst.treated", rmst(p[p$arm == 1, ], 24)); put("rmst.control", rmst(p[p$arm == 0, ], 24)); put("rmst.placebo.end", rmst(d[d$arm == 1, ], 23))

# Competing risks: Greenwood's covariance of the Aalen-Johansen estimator.
tra <- matrix(FALSE, 3, 3); tra[1, 2:3] <- TRUE
e <- etm(data.frame(id = seq_len(nrow(p)), from = 0, to = ifelse(p$cause == 0, "cens", p$cause), time = p$time), c("0", "1", "2"), tra, "cens", 0)
for (k in 1:2) {
  s <- summary(e)[[paste("0", k)]]
  s <- s[s$time %in% c(2, 5, 10, 20), ]
  put(paste0("incidence.", k), s$P); put(paste0("incidence.", k, ".variance"), s$var)
}
f <- survfit(Surv(time, factor(cause)) ~ 1, p); s <- summary(f, times = c(2, 5, 10, 20)); stopifnot(max(abs(s$pstate[, 2] - sapply(c(2,5,10,20), function(t) trprob(e, "0 1", t)))) < 1e-12)

# Proportions and tables.
wilson <- function(key, k, n, level = 0.95) { x <- prop.test(k, n, correct = FALSE, conf.level = level)$conf.int; put(key, x) }
wilson("wilson.7of20", 7, 20); wilson("wilson.0of15", 0, 15); wilson("wilson.90", 45, 50, 0.9)
fisher <- function(...) fisher.test(matrix(c(...), 2))$p.value
put("fisher", c(fisher(8, 2, 1, 5), fisher(10, 90, 25, 75), fisher(0, 12, 4, 9), fisher(300, 700, 350, 650)))
g <- glm(cbind(c(12, 5), c(28, 35)) ~ c(1, 0), binomial, control = list(epsilon = 1e-12))
put("odds", c(exp(coef(g)[2]), exp(coef(g)[2] + c(-1, 1) * qnorm(0.975) * sqrt(vcov(g)[2, 2]))))
m1 <- p$marker[p$response == 1]; m0 <- p$marker[p$response == 0]
put("ranksum.ties", unlist(suppressWarnings(wilcox.test(p$age[p$arm == 1], p$age[p$arm == 0]))[c("statistic", "p.value")]))
u1 <- unique(m1)[1:18]; u0 <- setdiff(unique(m0), u1)[1:23]
put("ranksum.exact", unlist(wilcox.test(u1, u0)[c("statistic", "p.value")]))

# Prediction.
glmrows <- function(key, g, n) {
  s <- summary(g)$coefficients
  put(paste0(key, ".coef"), s[, 1]); put(paste0(key, ".se"), s[, 2]); put(paste0(key, ".p"), s[, 4]); put(paste0(key, ".loglik"), as.numeric(logLik(g)))
  put(paste0(key, ".lr"), c(g$null.deviance - g$deviance, pchisq(g$null.deviance - g$deviance, n, lower.tail = FALSE)))
}
# Once more from the estimate: errors come from the weights of the last step but one.
logit <- function(formula, data) { g <- glm(formula, binomial, data, control = list(epsilon = 1e-12, maxit = 100)); glm(formula, binomial, data, start = coef(g)) }
glmrows("logistic", logit(response ~ arm + age + marker, p), 3)
r <- roc(p$response, p$risk, quiet = TRUE, direction = "<"); put("roc.risk", as.numeric(ci.auc(r))[c(2, 1, 3)]); put("roc.risk.variance", var(r))
r <- roc(p$response, p$age, quiet = TRUE, direction = "<"); put("roc.age", as.numeric(ci.auc(r))[c(2, 1, 3)])
p$l <- qlogis(p$risk)
glmrows("recalibration", logit(response ~ l, p), 1)
g <- logit(response ~ offset(l), p); put("inthelarge", summary(g)$coefficients[1, 1:2]); put("brier", mean((p$risk - p$response)^2))
group <- cut(p$risk, unique(quantile(p$risk, seq(0, 1, 0.1))), include.lowest = TRUE)
o <- tapply(p$response, group, sum); ex <- tapply(p$risk, group, sum); n <- table(group)
hl <- sum((o - ex)^2 / (ex * (1 - ex / n))); put("hosmer", c(hl, pchisq(hl, length(n) - 2, lower.tail = FALSE))); put("hosmer.observed", o); put("hosmer.expected", ex)

out <- do.call(rbind, rows)
writeLines(versions, "expected.csv"); suppressWarnings(write.table(out, "expected.csv", append = TRUE, sep = ",", row.names = FALSE, quote = FALSE))

# Trees: nodes in the order of the walk, depth first, left before right.
q <- read.csv("traits.csv", stringsAsFactors = TRUE)
lines <- c(versions, "tree,node,count,split,threshold,levels,statistic,p")
tree <- function(key, formula, ...) {
  t <- ctree(formula, q, control = ctree_control(majority = TRUE, ...))
  x <- data_party(t)
  for (id in nodeids(t)) {
    node <- nodeapply(t, id, identity)[[1]]; info <- nodeapply(t, id, info_node)[[1]]
    count <- nrow(data_party(t, id)); split <- split_node(node); v <- ""; br <- ""; lev <- ""; stat <- NA; pv <- NA
    if (!is.null(split)) {
      v <- names(t$data)[split$varid]
      if (!is.null(split$breaks)) br <- sprintf("%.15g", split$breaks)
      else { ix <- split$index; lev <- paste(levels(t$data[[split$varid]])[!is.na(ix) & ix == ix[!is.na(ix)][1]], collapse = ";") }
      stat <- info$criterion["statistic", v]; pv <- info$criterion["p.value", v]
    } else if (!is.null(info)) { j <- which.min(info$criterion["p.value", ]); stat <- info$criterion["statistic", j]; pv <- info$criterion["p.value", j] }
    lines <<- c(lines, paste(key, id, count, v, br, lev, sprintf("%.15g", stat), sprintf("%.15g", pv), sep = ","))
  }
}
tree("numeric", change ~ size + cd8 + age + noise + type + sex)
tree("survival", Surv(time, event) ~ size + cd8 + age + noise + type + sex)
tree("classes", best ~ size + cd8 + age + noise + type + sex)
tree("holes", change ~ size + holes + age + sex)
tree("loose", change ~ size + cd8 + age + noise + type + sex, mincriterion = 0.5, minsplit = 30L, minbucket = 12L)
tree("shallow", change ~ size + cd8 + age + noise + type + sex, maxdepth = 2)
deep <- function(key, formula) tree(key, formula, mincriterion = 0.05, minsplit = 10L, minbucket = 4L)
deep("numeric.deep", change ~ size + holes + age + noise + type + sex)
deep("survival.deep", Surv(time, event) ~ size + cd8 + age + type + sex)    # without holes: on equal sides R sends them at random
deep("classes.deep", best ~ size + holes + age + noise + type + sex)
writeLines(lines, "trees.csv")
