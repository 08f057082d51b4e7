/** What was tried and not taken, and how limits were chosen: measured once, with other seeds than those of the tables. */
export const FRONTIER = `### How the limits were chosen

This part is a record of experiments, made once when the limits were chosen (24 November 2026, rules 2026.5), by limits that the program does not have
any more; the command does not measure it again. What holds now is in the tables above.

The alarm of a decline as it was first designed sent 0.54 to 0.61 false alarms a community-year at four times the variance of chance, and 0.59 to 0.65
where all series of a large community swing as one. Three things were behind it. Questions and answered questions are the same people seen twice, and made two
series of one swing; they count as one of two now. Leavers alone were a third of all false alarms, as counts that swing are lopsided upward; alone they have to
be at 3.5 instead of 3.0. And in its first year a large community was taken to swing less than large ones do; what is expected before its own past tells
is now max(1.5, 0.65 + 0.03·E) instead of 1.5 + 0.0144·E. "Clearly worse" takes 2.5 (two series: 1.8) instead of 2.1 (1.5).

What it costs: nothing at a halving of all series; at a fall by 30 % a week after a year or two of history (11 and 12 weeks after one year), and much in a young community:
31 weeks instead of 20 after 34 weeks of history, because questions and their answers alone were a pair there. Chosen on seeds 11 to 61; the tables above are of
another.

Where all series swing as one (and history is two years), a halving cannot be had both within eight weeks in the median and well below half a false alarm: it is three
standard deviations of one swing, seen once however many series show it. What was tried there, each with 600 histories (standard error 0.02; 2 % of those within eight weeks):

| limits | variance 4 × | swings as one, 8 a week | 50 a week | halving: median weeks | within 8 weeks |
|---|---|---|---|---|---|
| **taken** | 0.41 | 0.32 | 0.31 | 10 | 44 % |
| two series at 1.9 instead of 2.1 | 0.49 | 0.39 | 0.40 | 9 | 47 % |
| also three different series at 1.6 | 0.44 | 0.38 | 0.44 | 9 | 47 % |
| also three at 1.4 | 0.47 | 0.43 | 0.52 | 9 | 49 % |
| also three at 1.2 | 0.54 | 0.50 | 0.56 | 8 | 51 % |
| expected swing max(1.5, 0.3 + 0.03·E) | 0.48 | 0.37 | 0.33 | 10 | 46 % |

So the median of that kind, by chance of the seed 8 to 10, is shown above and decides nothing; the false alarms of all kinds do, that one's too.

**Late events.** Of 300 alarms, told while a tenth of the last week's events and a twentieth of those of the week before were still to come, 83 % began in the same week
once they were there, and 7 % in another; with a fifth and a tenth it was 69 % and 13 %. An alarm that was told keeps its week while at least 0.7 of what it
takes is left within four weeks of it: none of these was taken back. Where half of the events of eight weeks came late, which is what made the alarm, 85 % were
taken back (96 % at 0.9 of it, but then one in a hundred of the others too).`
