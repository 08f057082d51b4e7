import { formatPercent, MIN_CASES_FOR_INTERVAL } from '../../../shared/format.ts'
import { ELSEWHERE_RULE, leaveElsewhereOut } from '../answered-elsewhere.ts'
import { shareOf } from '../cases/case-list.ts'
import { firstStartCases } from '../cases/first-start-cases.ts'
import { foundShare } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { firstStarts, REPLY_DAYS } from '../readings/first-starts.ts'
import { HOUSE_RULE, MAX_ANONYMOUS_SHARE } from '../sample-minima.ts'

export const newcomersAnsweredShare = defineMetric({
  id: 'newcomers-answered-share',
  family: 'newcomers',
  title: 'Newcomers answered',
  question: 'When someone asks or posts for the first time, does anybody reply?',
  unit: 'share',
  direction: 'up',
  reading: firstStarts,
  categories: null,
  is_per_person: true,
  needs: ['contributions'],
  sample_minimum: { count: MIN_CASES_FOR_INTERVAL, of: `first questions and first posts at least ${REPLY_DAYS} days old` },
  thresholds: [],
  explanation:
    `First questions and first posts of the period in whose thread somebody else wrote an answer or a reply within ${REPLY_DAYS} days after ÷ first questions and first posts of the period that are at least ${REPLY_DAYS} days old (${HOUSE_RULE}: as long as a question has to find its answer), with a Wilson 95 % interval. ` +
    'Somebody’s first question and first post count once each, whether or not they had replied to others before. The first is the first that the data hold: people who were there before the data begin look new at their beginning. ' +
    'A bare “thanks” is a reply. Who gets a reply comes back more often; that is an association, and not proof that the reply is why (Joyce & Kraut 2006). ' +
    `Under ${MIN_CASES_FOR_INTERVAL} the count stands alone; withheld where more than ${formatPercent(MAX_ANONYMOUS_SHARE)} of the period’s contributions are anonymous (${HOUSE_RULE}).` +
    ` ${ELSEWHERE_RULE}`,
  citation: 'Joyce & Kraut 2006, doi:10.1111/j.1083-6101.2006.00033.x. Interval: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.',
  cases: shareOf(firstStartCases, {
    all: { where: 'is_ripe', words: `first questions and first posts at least ${REPLY_DAYS} days old` },
    those: { where: 'is_replied', words: `first questions and first posts that somebody else replied to within ${REPLY_DAYS} days` },
  }),
  measure: (row) =>
    leaveElsewhereOut(
      foundShare(
        row.ripe_replied_count,
        row.ripe_count,
        row.start_count === 0
          ? 'Nobody asked or posted for the first time.'
          : `No first question or first post of the period is ${REPLY_DAYS} days old yet.`,
      ),
      { asked: row.start_count, elsewhere: row.elsewhere_count },
    ),
})
