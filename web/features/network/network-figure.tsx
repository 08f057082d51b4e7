import { useMemo } from 'react'
import type { Network } from '../../../shared/contract/network.ts'
import { formatCount } from '../../../shared/format.ts'
import { type FigureTable, FigureCard, NothingToDraw } from '../../ui/figure-card.tsx'
import { CaseLink } from '../cases/case-link.tsx'
import { Term } from '../definitions/term.tsx'
import type { Numbers } from '../period/use-numbers.ts'
import { useShownAsTable } from '../period/use-period-search.ts'
import { GraphControls } from './graph-controls.tsx'
import { GraphDrawing } from './graph-drawing.tsx'
import { GraphLegend } from './graph-legend.tsx'
import { type HelpGraph, sizesOf } from './help-graph.ts'
import { sayDrawn, sayLeftOut } from './say-network.ts'
import { useLayout } from './use-layout.ts'
import { useNetworkSearch } from './use-network-search.ts'

/** Rows of the table behind the drawing: the file has all of them. */
const MAX_ROWS = 100
const MAX_ARROWS = 4000

const isTied = ({ helped, helpedBy }: HelpGraph['people'][number]) => helped.length + helpedBy.length > 0

const tableOf = (graph: HelpGraph): FigureTable => {
  const people = graph.people.filter(isTied)
  const namesOf = (tied: { at: number }[]) => tied.map(({ at }) => graph.people[at]?.label ?? '')
  return {
    columns: [
      { label: 'Person', isNumber: false },
      { label: 'Gave', isNumber: true },
      { label: 'Received', isNumber: true },
      { label: 'Helped', isNumber: false },
      { label: 'Helped by', isNumber: false },
    ],
    rows: [
      ...people.slice(0, MAX_ROWS).map((person) => ({
        key: person.key,
        cells: [
          <bdi key="who">{person.label}</bdi>,
          formatCount(person.gave),
          formatCount(person.received),
          namesOf(person.helped).join(', '),
          namesOf(person.helpedBy).join(', '),
        ],
      })),
      ...(people.length > MAX_ROWS
        ? [{ key: 'rest', cells: [`And ${formatCount(people.length - MAX_ROWS)} more, in the CSV`, '', '', '', ''] }]
        : []),
    ],
    csv: [
      ['person', 'gave', 'received', 'helped', 'helped_by'],
      ...people.map((person) => [
        person.label,
        person.gave,
        person.received,
        namesOf(person.helped).join('; '),
        namesOf(person.helpedBy).join('; '),
      ]),
    ],
  }
}

type Props = {
  numbers: Numbers
  network: Network
  /** Everybody, and the same with the ties of at least so many times. */
  full: HelpGraph
  graph: HelpGraph
  fileName: string
  names: { areShown: boolean; onToggle: (areShown: boolean) => void } | null
}

/** The drawing of who helps whom, with whoever is looked at beside it. */
export const NetworkFigure = ({ numbers, network, full, graph, fileName, names }: Props) => {
  const { slug, catalogue } = numbers
  const { search, change } = useNetworkSearch()
  const shownAs = useShownAsTable('network')
  const input = useMemo(
    () => ({
      keys: full.people.map(({ key }) => key),
      from: full.ties.map(({ from }) => from),
      to: full.ties.map(({ to }) => to),
      count: full.ties.map(({ count }) => count),
    }),
    [full],
  )
  const laidOut = useLayout(input)
  const sizes = useMemo(() => sizesOf(full.people), [full])
  const table = useMemo(() => tableOf(graph), [graph])
  const least = search.least ?? 1
  const shown = { people: graph.people.filter(isTied).length, ties: graph.ties.length }
  const place = search.person === undefined ? undefined : full.placeOf.get(search.person)
  const most = full.ties.reduce((max, { count }) => Math.max(max, count), 1)
  const answer = sayDrawn(network, shown, least)
  const select = (key: string | undefined) => change({ person: key })
  return (
    <FigureCard
      id="network"
      question="How does help flow between them?"
      answer={answer}
      note={sayLeftOut(network)}
      table={table}
      fileName={fileName}
      {...shownAs}
      links={
        <>
          <CaseLink
            slug={slug}
            of="two-way-share"
            period={network.period}
            catalogue={catalogue}
            what="Who gave or received help"
            className="small"
          >
            Cases: people
          </CaseLink>
          <CaseLink
            slug={slug}
            of="direct-reciprocity"
            period={network.period}
            catalogue={catalogue}
            what="Who helped whom"
            className="small"
          >
            Cases: pairs
          </CaseLink>
          <span className="small">
            <Term of="two-way-share" label="Definition: who helps whom">
              Definition
            </Term>
          </span>
        </>
      }
    >
      <GraphControls
        graph={full}
        least={least}
        most={most}
        onLeast={(n) => change({ least: n === 1 ? undefined : n })}
        onSelect={select}
        names={names}
      />
      {shown.ties === 0 ? (
        <NothingToDraw>Nobody helped anybody that often. Choose fewer times.</NothingToDraw>
      ) : (
        <div className="stack-tight">
          <GraphLegend hasArrows={full.ties.length <= MAX_ARROWS} />
          <GraphDrawing
            full={full}
            graph={graph}
            sizes={sizes}
            laidOut={laidOut}
            selected={place ?? null}
            onSelect={(at) => select(at === null ? undefined : full.people[at]?.key)}
            summary={`Drawing of who helps whom: ${answer} The tables hold the same.`}
          />
        </div>
      )}
    </FigureCard>
  )
}
