import { useQuery } from '@tanstack/react-query'
import { joinWords, startSentence } from '../../../shared/format.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { CAPABILITY_WORDS } from '../../../shared/capability-words.ts'
import classes from './import.module.css'
import { type Format, formatsQuery } from './import-queries.ts'

const List = ({ title, items, isOrdered = false }: { title: string; items: readonly string[]; isOrdered?: boolean }) => {
  const Kind = isOrdered ? 'ol' : 'ul'
  return items.length === 0 ? null : (
    <div>
      <h3 className="strong">{title}</h3>
      <Kind className={classes.list}>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </Kind>
    </div>
  )
}

const Entry = ({ format }: { format: Format }) => (
  <details>
    <summary>{startSentence(format.title)}</summary>
    <div className={`${classes.answer} stack-tight`}>
      <List title="How to get it" items={format.how_to_get} isOrdered />
      <p className="quiet small">What to choose here: {format.files}.</p>
      <List title="What is read" items={format.reads} />
      <List
        title="What it cannot tell"
        items={[
          ...(format.cannot_tell.length === 0
            ? []
            : [
                `Not in it: ${joinWords(
                  format.cannot_tell.map((name) => CAPABILITY_WORDS[name] ?? name),
                  'or',
                )}.`,
              ]),
          ...format.cannot,
        ]}
      />
      {format.says_questions ? null : (
        <p className="quiet small">It does not say which messages are questions: their text is read for that, by published rules.</p>
      )}
    </div>
  </details>
)

/** What only a program writes comes last. */
const inOrder = (formats: readonly Format[]): Format[] =>
  [...formats].sort((a, b) => Number(a.name === 'ndjson') - Number(b.name === 'ndjson'))

/** Every format, how to get it and what it tells. */
export const FormatList = () => {
  const { data, error, refetch } = useQuery(formatsQuery)
  if (data === undefined)
    return error ? <CardProblem what="The list of exports" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[320]} />
  return (
    <section className="card stack-tight" aria-labelledby="formats">
      <h2 className="title" id="formats">
        How do I get my export?
      </h2>
      <ul className={classes.formats}>
        {inOrder(data.formats).map((format) => (
          <li key={format.name}>
            <Entry format={format} />
          </li>
        ))}
      </ul>
    </section>
  )
}
