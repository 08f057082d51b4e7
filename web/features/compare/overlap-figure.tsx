import type { Comparison } from '../../../shared/contract/comparison.ts'
import { formatCount } from '../../../shared/format.ts'
import { FigureCard, NothingToDraw } from '../../ui/figure-card.tsx'
import { ShareRows } from '../../ui/share-rows.tsx'
import { sayBy, sayOverlap } from './say-comparison.ts'

type Props = { comparison: Comparison; names: readonly string[]; isTable: boolean; onToggleTable: () => void }

/** How many people are in more than one; where that cannot be known it says so, and never 0. */
export const OverlapFigure = ({ comparison, names, isTable, onToggleTable }: Props) => {
  const { overlap } = comparison
  const told = overlap.pairs.filter(({ state }) => state === 'told')
  const untold = overlap.pairs.filter(({ state }) => state !== 'told')
  // a pair from either side: of those here, so many are there too
  const ways = told.flatMap((pair) => [
    { pair, from: pair.a, to: pair.b, both: pair.a_in_both ?? 0 },
    { pair, from: pair.b, to: pair.a, both: pair.b_in_both ?? 0 },
  ])
  const people = (at: number) => overlap.active_people[at] ?? 0
  const sayPair = (a: number, b: number) => `${names[a]} and ${names[b]}`
  return (
    <FigureCard
      id="overlap"
      question="Do they share people?"
      answer={sayOverlap(comparison, names)}
      note="People active over these days, recognised by the hash of their address, or by their account where both have the same place. Nobody is named."
      fileName="comparison-shared-people"
      isTable={isTable}
      onToggleTable={onToggleTable}
      table={{
        columns: [
          { label: 'Pair', isNumber: false },
          { label: 'Of the first', isNumber: true },
          { label: 'Of the second', isNumber: true },
          { label: 'What to know', isNumber: false },
        ],
        rows: overlap.pairs.map((pair) => ({
          key: `${pair.a}-${pair.b}`,
          cells: [
            sayPair(pair.a, pair.b),
            pair.a_in_both === null ? 'not told' : `${formatCount(pair.a_in_both)} of ${formatCount(people(pair.a))}`,
            pair.b_in_both === null ? 'not told' : `${formatCount(pair.b_in_both)} of ${formatCount(people(pair.b))}`,
            pair.reason ?? `Recognised by ${sayBy(pair)}.`,
          ],
        })),
        csv: [
          [
            'first',
            'second',
            'in both, of the first',
            'active in the first',
            'in both, of the second',
            'active in the second',
            'what to know',
          ],
          ...overlap.pairs.map((pair) => [
            names[pair.a] ?? '',
            names[pair.b] ?? '',
            pair.a_in_both,
            overlap.active_people[pair.a] ?? null,
            pair.b_in_both,
            overlap.active_people[pair.b] ?? null,
            pair.reason ?? `Recognised by ${sayBy(pair)}.`,
          ]),
        ],
      }}
    >
      {ways.length === 0 ? null : (
        <ShareRows
          rows={ways.map(({ pair, from, to, both }) => ({
            key: `${from}-${to}`,
            label: (
              <>
                <bdi>{names[from]}</bdi>: also active in <bdi>{names[to]}</bdi>
              </>
            ),
            share: people(from) === 0 ? null : both / people(from),
            low: null,
            high: null,
            text: `${formatCount(both)} of ${formatCount(people(from))}`,
            remark: pair.reason ?? `Recognised by ${sayBy(pair)}.`,
            tone: 'ink',
          }))}
        />
      )}
      {untold.map((pair) => (
        <NothingToDraw key={`${pair.a}-${pair.b}`}>
          <bdi>{names[pair.a]}</bdi> and <bdi>{names[pair.b]}</bdi>: {pair.state === 'few' ? '' : 'cannot be told. '}
          {pair.reason}
        </NothingToDraw>
      ))}
    </FigureCard>
  )
}
