# Survival curves of random samples, with ties, censoring and late entries. usage: Rscript retention.R SAMPLES.csv STEPS.csv MEDIANS.csv
suppressMessages(library(survival))
arguments <- commandArgs(trailingOnly = TRUE)
samples <- read.csv(arguments[1])
steps <- list()
medians <- list()
for (part in split(samples, samples$sample)) {
  fit <- survfit(Surv(entry, exit, is_event) ~ 1, data = part, conf.type = "log-log")
  happened <- fit$n.event > 0
  if (any(happened))
    steps[[length(steps) + 1]] <- data.frame(sample = part$sample[1], time = fit$time, at_risk = fit$n.risk, event_count = fit$n.event,
                                             survival = fit$surv, low = fit$lower, high = fit$upper)[happened, ]
  found <- unlist(quantile(fit, 0.5))
  # trap: with late entries the band may rise again, and quantile() misses its first crossing, which the summary finds
  if (any(part$entry >= 0)) found[2:3] <- summary(fit)$table[c("0.95LCL", "0.95UCL")]
  medians[[length(medians) + 1]] <- data.frame(sample = part$sample[1], median = found[1], low = found[2], high = found[3])
}
write.csv(format(do.call(rbind, steps), digits = 15), arguments[2], row.names = FALSE, quote = FALSE)
write.csv(format(do.call(rbind, medians), digits = 15), arguments[3], row.names = FALSE, quote = FALSE)
