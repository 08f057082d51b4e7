import { useNavigate } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import { type Helping, TOPIC_QUARTERS, type Topic, type TopicQuarter } from '../../../shared/contract/helping.ts'
import { countOf, formatCount, formatDecimal, sayCountOf, startSentence } from '../../../shared/format.ts'
import { FigureCard, NothingToDraw } from '../../ui/figure-card.tsx'
import { QuadrantChart, type QuadrantPoint } from '../../ui/quadrant-chart.tsx'
import { CaseLink } from '../cases/case-link.tsx'
import { searchCases } from '../cases/cases-search.ts'
import { Term } from '../definitions/term.tsx'
import type { Numbers } from '../period/use-numbers.ts'
import { useShownAsTable } from '../period/use-period-search.ts'
import classes from './helping.module.css'
import { sayTopics } from './say-helping.ts'

const QUESTION = 'Where is much asked and little answered?'

export const QUARTER_WORDS: Record<TopicQuarter, { name: string; short: string }> = {
  'many-asked-few-answered': { name: 'Asked often, answered rarely: needs helpers', short: 'needs helpers' },
  'many-asked-many-answered': { name: 'Asked often, answered often: at the heart', short: 'at the heart' },
  'few-asked-many-answered': { name: 'Asked rarely, answered often: more help than asked for', short: 'more help than asked for' },
  'few-asked-few-answered': { name: 'Asked rarely, answered rarely: at the edge', short: 'at the edge' },
}

/** Where help is missing first. */
const QUARTERS_SHOWN = TOPIC_QUARTERS.toSorted((a, b) => Number(b === 'many-asked-few-answered') - Number(a === 'many-asked-few-answered'))
/** Of those, so many are named under the drawing. */
const NAMED = 5

/** The cases in which a topic is listed. */
const casesOf = ({ quarter }: Pick<Topic, 'quarter'>): string => (quarter === null ? 'questions' : `topic-quadrant:${quarter}`)

/** Topics with the same counts lie on each other: they are one point with the first one's name. */
export const gatherPoints = (topics: readonly Topic[]): QuadrantPoint[] =>
  [...Map.groupBy(topics, ({ questions, answers }) => `${questions} ${answers}`)].map(([, some], rank) => {
    const first = some[0] as Topic
    const isLoud = first.quarter === 'many-asked-few-answered'
    const isMarked = some.some((topic) => topic.hangs_on_one === true)
    return {
      id: first.channel,
      x: first.questions,
      y: first.answers,
      name: some.length === 1 ? first.channel : `${first.channel} +${some.length - 1}`,
      title: `${some
        .map(({ channel }) => channel)
        .slice(0, 8)
        .join(
          ', ',
        )}${some.length > 8 ? ` and ${some.length - 8} more` : ''}: ${countOf(first.questions, 'question')}, ${countOf(first.answers, 'answer')}${some.length > 1 ? ' each' : ''}`,
      isLoud,
      isMarked,
      // first where help is missing, then what hangs on one, then by how much is asked
      rank: (isLoud ? 0 : isMarked ? 1000 : 2000) + rank,
    }
  })

const COLUMNS = ['Topic', 'Questions', 'Answered', 'Answers', 'Helpers', 'Where it stands'] as const

const standing = ({ quarter, hangs_on_one }: Topic): string =>
  [quarter === null ? null : startSentence(QUARTER_WORDS[quarter].short), hangs_on_one === true ? 'hangs on one helper' : null]
    .filter((part) => part !== null)
    .join('; ')

/** Topics by how much is asked and answered in them: the drawing holds the most asked, the table those and the others together. */
export const TopicsFigure = ({ numbers, helping, when }: { numbers: Numbers; helping: Helping; when: string }) => {
  const shownAs = useShownAsTable('topics')
  const navigate = useNavigate()
  const { slug, catalogue } = numbers
  const { period, topics } = helping
  const { boundary, others } = topics
  const byName = new Map(topics.topics.map((topic) => [topic.channel, topic]))
  const isMarked = topics.topics.some((topic) => topic.hangs_on_one === true)
  const notes = [
    topics.quarters['many-asked-few-answered'].is_inferred ? topics.quarters['many-asked-few-answered'].reason : null,
    boundary === null
      ? null
      : `Often is more than the middle topic: more than ${countOf(boundary.questions, 'question').replace(formatCount(boundary.questions), formatDecimal(boundary.questions))}, more than ${countOf(boundary.answers, 'answer').replace(formatCount(boundary.answers), formatDecimal(boundary.answers))}. Both axes grow by multiples.`,
    boundary !== null && isMarked ? 'A ring: one person gave all the answers.' : null,
    others === null
      ? null
      : `${boundary === null ? 'Listed' : 'Drawn'} are the ${formatCount(topics.topics.length)} topics in which most was asked; the other ${formatCount(others.topic_count)} together had ${sayCountOf(others.questions, 'question')}.`,
  ].filter((note) => note !== null)
  const name = (topic: Topic) => (
    <CaseLink slug={slug} of={casesOf(topic)} period={period} catalogue={catalogue} what={topic.channel}>
      <bdi className={classes.topic} title={topic.channel}>
        {topic.channel}
      </bdi>
    </CaseLink>
  )
  return (
    <FigureCard
      id="topics"
      question={QUESTION}
      answer={sayTopics(topics, when)}
      note={notes.length === 0 ? undefined : notes.join(' ')}
      fileName={`${slug}-topics-${period.replace('..', '-')}`}
      table={{
        columns: COLUMNS.map((label, i) => ({ label, isNumber: i > 0 && i < 5 })),
        rows: [
          ...topics.topics.map((topic) => ({
            key: `topic ${topic.channel}`,
            cells: [
              name(topic),
              formatCount(topic.questions),
              formatCount(topic.answered),
              formatCount(topic.answers),
              formatCount(topic.helpers),
              standing(topic),
            ],
          })),
          ...(others === null
            ? []
            : [
                {
                  key: 'others',
                  cells: [
                    `The other ${formatCount(others.topic_count)} together`,
                    formatCount(others.questions),
                    formatCount(others.answered),
                    formatCount(others.answers),
                    '–',
                    '',
                  ],
                },
              ]),
        ],
        csv: [
          [...COLUMNS],
          ...topics.topics.map((topic) => [topic.channel, topic.questions, topic.answered, topic.answers, topic.helpers, standing(topic)]),
          ...(others === null
            ? []
            : [[`The other ${others.topic_count} together`, others.questions, others.answered, others.answers, null, '']]),
        ],
      }}
      {...shownAs}
      links={
        <>
          {topics.on_one_helper.denominator === null || topics.on_one_helper.denominator === 0 ? null : (
            <CaseLink slug={slug} of="topics-on-one-helper" period={period} catalogue={catalogue} what={QUESTION} className="small">
              Cases: on one helper
            </CaseLink>
          )}
          <span className="small">
            <Term of="topic-quadrant" label={`Definition: ${QUESTION}`}>
              Definition
            </Term>
          </span>
        </>
      }
    >
      {topics.topic_count === 0 ? (
        <NothingToDraw>
          {topics.quarters['many-asked-few-answered'].reason ?? 'No topic is known.'} A topic is the channel, board or category in which a
          question is asked; sources that tell it fill this.
        </NothingToDraw>
      ) : boundary === null ? (
        <FewTopics topics={topics.topics} name={name} />
      ) : (
        <>
          <QuadrantChart
            points={gatherPoints(topics.topics)}
            xLabel="questions →"
            yLabel="answers ↑"
            boundary={{ x: boundary.questions, y: boundary.answers }}
            corners={{
              topLeft: QUARTER_WORDS['few-asked-many-answered'].name,
              topRight: QUARTER_WORDS['many-asked-many-answered'].name,
              bottomLeft: QUARTER_WORDS['few-asked-few-answered'].name,
              bottomRight: QUARTER_WORDS['many-asked-few-answered'].name,
            }}
            label="Topics by how many questions were asked in them and how many answers these got. The table holds the numbers."
            onPick={(channel) => {
              const topic = byName.get(channel)
              if (topic !== undefined)
                void navigate({ to: '/c/$slug/cases', params: { slug }, search: searchCases(casesOf(topic), period) })
            }}
          />
          <ul className={classes.quarters}>
            {QUARTERS_SHOWN.map((quarter) => {
              const { value } = topics.quarters[quarter]
              const named = quarter === 'many-asked-few-answered' ? topics.topics.filter((topic) => topic.quarter === quarter) : []
              return (
                <li key={quarter}>
                  {QUARTER_WORDS[quarter].name}:{' '}
                  {value === null ? (
                    '–'
                  ) : (
                    <CaseLink
                      slug={slug}
                      of={`topic-quadrant:${quarter}`}
                      period={period}
                      catalogue={catalogue}
                      what={QUARTER_WORDS[quarter].name}
                    >
                      {countOf(value, 'topic')}
                    </CaseLink>
                  )}
                  {named.length === 0 ? null : (
                    <>
                      {' ('}
                      {named.slice(0, NAMED).map(({ channel }, i) => (
                        <Fragment key={channel}>
                          {i === 0 ? '' : ', '}
                          <bdi className={classes.topic} title={channel}>
                            {channel}
                          </bdi>
                        </Fragment>
                      ))}
                      {named.length > NAMED ? ' …)' : ')'}
                    </>
                  )}
                </li>
              )
            })}
          </ul>
        </>
      )}
    </FigureCard>
  )
}

/** Too few to be set against each other: each with its counts. */
const FewTopics = ({ topics, name }: { topics: Topic[]; name: (topic: Topic) => ReactNode }) => (
  <ul>
    {topics.map((topic) => (
      <li key={topic.channel}>
        {name(topic)}: {countOf(topic.questions, 'question')}, {formatCount(topic.answered)} answered
        {topic.hangs_on_one === true ? ', all by one helper' : ''}
      </li>
    ))}
  </ul>
)
