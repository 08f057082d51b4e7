import { formatPeriod, formatShare } from '../../../shared/format.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import type { Numbers } from '../period/use-numbers.ts'
import { ShareFigure, type ShareSpec, type ToldShare, useToldShares } from './share-figure.tsx'

const NEWCOMERS: ShareSpec[] = [
  { metric: 'newcomer-activation-share', label: 'Joined, and wrote something soon', tone: 'joined' },
  { metric: 'newcomers-answered-share', label: 'Asked or posted for the first time, and were answered', tone: 'help' },
  { metric: 'newcomer-second-contribution-share', label: 'Wrote once, and wrote again', tone: 'joined' },
]

const VERBS: Record<string, string> = {
  'newcomer-activation-share': 'wrote something soon after they joined',
  'newcomers-answered-share': 'of first questions and posts were answered',
  'newcomer-second-contribution-share': 'wrote a second time',
}

const sayNewcomers = (told: ToldShare[], when: string): string => {
  const best = told.find(({ point }) => formatShare(point) !== null && (point.denominator ?? 0) > 0)
  if (best === undefined) return `Nothing can be said of the newcomers of ${formatPeriod(when)}.`
  const share = formatShare(best.point)
  return best.metric === 'newcomers-answered-share'
    ? `${share} ${VERBS[best.metric]}, ${formatPeriod(when)}.`
    : `${share} of the newcomers ${VERBS[best.metric]}, ${formatPeriod(when)}.`
}

/** Newcomers' first contribution, and whether anybody answered it. */
export const NewcomersFigure = ({ numbers }: { numbers: Numbers }) => {
  const { told, when, error, retry, isWaiting } = useToldShares(numbers, NEWCOMERS)
  if (isWaiting) return error === null ? <Waiting heights={[320]} /> : <CardProblem what="Newcomers" error={error} onRetry={retry} />
  return (
    <ShareFigure
      id="newcomers"
      question="Do newcomers find their way in?"
      answer={sayNewcomers}
      note="All the days on this page taken as one, since a month holds too few newcomers. Who only reads has not failed."
      told={told}
      when={when}
      numbers={numbers}
    />
  )
}
