import { MIN_CASES_FOR_INTERVAL, MIN_CASES_FOR_PERCENT, MIN_INFERRED_QUESTIONS } from '../../../shared/format.ts'
import classes from './definitions.module.css'

/** What holds for every number, so that each definition need not say it again. */
export const GeneralRules = () => (
  <section className="card stack-tight" aria-labelledby="rules">
    <h2 className="title" id="rules">
      What holds for every number
    </h2>
    <dl className={classes.rules}>
      <dt>Periods</dt>
      <dd>
        Days and months begin at midnight where the community lives; weeks are those of ISO 8601, from Monday to Sunday. A period that is
        not over says so.
      </dd>
      <dt>Who and what counts</dt>
      <dd>
        Contributions of people. Bots, what was taken back, and answers that claim to be older than their question do not count. Accounts
        that were joined to one person are one person. Answering oneself is no help.
      </dd>
      <dt>Counting again</dt>
      <dd>
        A number opens the cases it is made of: on the overview follow the number, or “Cases” under a chart. Their count, or what they add
        up to, is the number’s numerator and denominator, and the list can be saved as CSV.
      </dd>
      <dt>Few cases</dt>
      <dd>
        A share of fewer than {MIN_CASES_FOR_INTERVAL} stands as a count, such as “4 of 7”; below {MIN_CASES_FOR_PERCENT} it is a count with
        its interval; from {MIN_CASES_FOR_PERCENT} on a percentage (house rules). Where there is no value the page says why; it never shows
        0 for what is not known.
      </dd>
      <dt>Chats without threads</dt>
      <dd>
        Where nobody uses threads, which message answers which is inferred from names and times. What rests on that is marked “inferred,
        probably a low estimate”: in a busy help channel linked by hand the share of answered questions was off by 8 points an hour, either
        way; in slower chats, where answers come late and name nobody, they are missed. It is withheld below {MIN_INFERRED_QUESTIONS}{' '}
        questions, and never compared or averaged with what has threads of its own: where a community has both, helping is measured over the
        questions in threads alone, and says how many it leaves out; only where fewer than one question in ten is in threads, over all. Each
        such number says how many replies were found by a name, and how many by who spoke last. A verdict that rests on inferred threads is
        never called clear.
      </dd>
      <dt>The interval of a share</dt>
      <dd>
        95 %, by Wilson: k of n lies between (k + z²/2 ± z · √(k · (n − k)/n + z²/4)) ÷ (n + z²), with z = 1.96. For 27 of 36: z² = 3.84, so
        (27 + 1.92 ± 1.96 · √(27 · 9/36 + 0.96)) ÷ 39.84 = 0.59 to 0.86. Two numbers whose intervals overlap may differ by chance.
      </dd>
      <dt>Waiting and staying</dt>
      <dd>
        Who still waits, or is still there, has not finished: Kaplan–Meier counts each for as long as they could be watched. At each moment
        at which something ended, the share left is multiplied by (watched − ended) ÷ watched; the median is where it first falls to one
        half. Intervals are by Greenwood on the log(−log) scale.
      </dd>
    </dl>
  </section>
)
