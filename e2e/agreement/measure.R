# The measures that R has packages for, from the tables that measure.py leaves: survival, vegan, igraph.
# usage: Rscript measure.R DIR GRAIN. Writes DIR/r.csv (grain, from_on, key, field, value, by).
suppressMessages({ library(survival); library(vegan); library(igraph) })
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
grain <- arguments[2]
read <- function(name) {
  path <- file.path(folder, name)
  if (file.exists(path)) read.csv(path, colClasses = c(from_on = "character")) else data.frame()
}
results <- list()
say <- function(from_on, key, field, value, by)
  if (length(value) == 1 && !is.na(value)) results[[length(results) + 1]] <<- data.frame(grain, from_on, key, field, value, by)

people <- read("people.csv")
if (nrow(people)) for (part in split(people, list(people$from_on, people$voice), drop = TRUE)) {
  on <- part$from_on[1]
  suffix <- if (part$voice[1] == "-of-all") "" else part$voice[1]
  say(on, paste0("effective-voices", suffix), "value", exp(vegan::diversity(part$count, "shannon")), "vegan")
  say(on, paste0("effective-voices-n2", suffix), "value", vegan::diversity(part$count, "invsimpson"), "vegan")
  say(on, paste0("concentration-hhi", suffix), "value", 1 - vegan::diversity(part$count, "simpson"), "vegan")
}

waits <- read("waits.csv")
if (nrow(waits)) for (part in split(waits, list(waits$from_on, waits$series), drop = TRUE)) {
  fit <- survfit(Surv(hours, is_answered) ~ 1, data = part, conf.type = "log-log")
  for (name in list(c("", 0.5), if (part$series[1] == "") c("-p90", 0.9))) if (length(name)) {
    q <- quantile(fit, as.numeric(name[2]))
    key <- paste0("time-to-first-answer", name[1], part$series[1])
    say(part$from_on[1], key, "value", q$quantile, "survival")
    say(part$from_on[1], key, "low", q$lower, "survival")
    say(part$from_on[1], key, "high", q$upper, "survival")
  }
}

# days from joining; somebody gone on the day of joining was at risk on it, so that entries lie a day below (-1)
lives <- read("lives.csv")
if (nrow(lives)) for (part in split(lives, list(lives$from_on, lives$series), drop = TRUE)) {
  fit <- survfit(Surv(entry, exit, is_gone) ~ 1, data = part, conf.type = "log-log")
  on <- part$from_on[1]
  whole <- part$series[1] == ""
  for (age in if (whole) c(30, 90, 180, 365, 730) else 180) {
    at <- summary(fit, times = age, extend = TRUE)
    key <- if (whole) paste0("retention:", age, "-days") else part$series[1]
    say(on, key, "value", at$surv, "survival")
    say(on, key, "low", at$lower, "survival")
    say(on, key, "high", at$upper, "survival")
  }
  if (!whole) next
  q <- quantile(fit, 0.5)
  say(on, "retention-median", "value", q$quantile, "survival")
  say(on, "retention-median", "low", q$lower, "survival")
  say(on, "retention-median", "high", q$upper, "survival")
}

lags <- read("lags.csv")
if (nrow(lags)) for (part in split(lags, lags$from_on)) {
  q <- quantile(survfit(Surv(days, has_written) ~ 1, data = part, conf.type = "log-log"), 0.5)
  say(part$from_on[1], "observing-lag", "value", q$quantile, "survival")
  say(part$from_on[1], "observing-lag", "low", q$lower, "survival")
  say(part$from_on[1], "observing-lag", "high", q$upper, "survival")
}

# the shortest silence after which at most a tenth come back within a year
silences <- read("silences.csv")
if (nrow(silences)) {
  fit <- survfit(Surv(days, is_back) ~ 1, data = silences)
  still <- function(day) summary(fit, times = day, extend = TRUE)$surv
  back <- function(day) 1 - still(365) / still(day)
  days <- Filter(function(day) isTRUE(back(day) <= 0.1 + 1e-12), 30:365)
  if (length(days)) say(silences$from_on[1], "lapse-threshold", "value", min(days), "survival")
}

edges <- read("edges.csv")
nodes <- read("nodes.csv")
if (nrow(nodes)) for (part in split(nodes, nodes$from_on)) {
  on <- part$from_on[1]
  ties <- if (nrow(edges)) edges[edges$from_on == on, c("helper", "asker"), drop = FALSE] else data.frame(helper = character(), asker = character())
  graph <- simplify(graph_from_data_frame(ties, directed = FALSE, vertices = data.frame(name = part$person)))
  if (vcount(graph) < 3) next
  say(on, "degree-centralisation", "value", centr_degree(graph, loops = FALSE)$centralization, "igraph")
  say(on, "giant-component-share", "value", max(components(graph)$csize) / vcount(graph), "igraph")
  say(on, "help-density", "value", edge_density(graph, loops = FALSE), "igraph")
}
if (nrow(edges)) for (part in split(edges, edges$from_on)) {
  graph <- graph_from_data_frame(part[, c("helper", "asker", "weight")], directed = TRUE)
  on <- part$from_on[1]
  say(on, "direct-reciprocity", "value", reciprocity(graph, ignore.loops = TRUE), "igraph")
}
write.csv(if (length(results)) do.call(rbind, results) else data.frame(grain = character(), from_on = character(), key = character(), field = character(), value = numeric(), by = character()),
          file.path(folder, "r.csv"), row.names = FALSE)
