import { NativeSelect, Radio } from '@mantine/core'
import type { CsvColumns, CsvMapping } from '../../../shared/contract/import.ts'
import { countOf, formatDay } from '../../../shared/format.ts'
import { changeKind, FIELD_WORDS, mapColumn } from './csv-fields.ts'
import { CsvRead } from './csv-read.tsx'
import { type SentType, TYPE_WORDS, TYPES } from './event-words.ts'
import classes from './import.module.css'
import { ZoneSelect } from './zone-select.tsx'

type Props = { file: CsvColumns; isAlone: boolean; timeZone: string; mapping: CsvMapping; onChange: (mapping: CsvMapping) => void }

type Part = Omit<Props, 'isAlone' | 'timeZone'>

const typeOptions = TYPES.map((type) => ({ value: type as string, label: TYPE_WORDS[type].label }))

/** The columns as they stand in the file, each with what it holds. */
const Sheet = ({ file, mapping, onChange }: Part) => {
  const words = FIELD_WORDS[mapping.kind]
  const fieldOf = (column: string) => Object.entries(mapping.columns).find(([, held]) => held === column)?.[0] ?? ''
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="scroll-x" tabIndex={0} aria-label={`Columns of ${file.file}`}>
      <table className={classes.sheet}>
        <thead>
          <tr>
            {file.header.map((column) => (
              <th key={column} scope="col">
                <span className={classes.name} data-used={fieldOf(column) !== ''}>
                  {column}
                </span>
                <NativeSelect
                  size="xs"
                  mt={4}
                  aria-label={`What “${column}” holds`}
                  data={[{ value: '', label: 'Not used' }, ...Object.entries(words).map(([value, label]) => ({ value, label }))]}
                  value={fieldOf(column)}
                  onChange={(event) => onChange(mapColumn(mapping, column, event.currentTarget.value || null))}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {file.sample.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the first rows of a file, in its order
            <tr key={row}>
              {file.header.map((column, index) => (
                <td key={column} title={cells[index]}>
                  {cells[index]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The two readings of a date such as 03/04/2024, with the file's own date. */
const readDate = (text: string): { first: number; second: number } | null => {
  const found = /^(\d{1,2})\D(\d{1,2})\D/.exec(text)
  return found === null ? null : { first: Number(found[1]), second: Number(found[2]) }
}
const monthName = (month: number): string => formatDay(`2024-${String(month).padStart(2, '0')}-01`).split(' ')[1] ?? ''

const DateOrder = ({ file, mapping, onChange }: Part) => {
  const found = file.unclear_date === null ? null : readDate(file.unclear_date)
  if (found === null) return null
  const { first, second } = found
  const say = (day: number, month: number, says: string) => (month > 12 ? says : `${day} ${monthName(month)}: ${says}`)
  return (
    <NativeSelect
      label={`${file.unclear_date?.split(/[ T]/)[0]} is`}
      data={[
        { value: '', label: 'Choose: it may be either' },
        { value: 'day_first', label: say(first, second, 'the day comes first') },
        { value: 'month_first', label: say(second, first, 'the month comes first') },
      ]}
      value={mapping.date_order ?? ''}
      onChange={(event) => onChange({ ...mapping, date_order: (event.currentTarget.value || null) as CsvMapping['date_order'] })}
    />
  )
}

/** What each value of the column of kinds means. */
const Kinds = ({ file, mapping, onChange }: Part) => {
  if (mapping.columns.type === undefined) return null
  // the values are of the column that was the one of types when the file was last read
  if (file.mapping.columns.type !== mapping.columns.type)
    return <p className="quiet measure">“Read it so” shows what stands in “{mapping.columns.type}”, and asks what each of it means.</p>
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
      <legend className="strong" style={{ padding: 0 }}>
        What “{mapping.columns.type}” says
      </legend>
      <div className={classes.fields} style={{ marginTop: 8 }}>
        {file.values.map(({ text, count, type }) => (
          <NativeSelect
            key={text}
            label={
              <>
                “<bdi>{text}</bdi>” <span className="quiet">· {countOf(count, 'row')}</span>
              </>
            }
            data={[
              { value: '', label: type === null ? 'Not known: rejected' : sayMeaning(type) },
              ...typeOptions,
              { value: 'skip', label: 'Nothing: pass it by' },
            ]}
            value={mapping.types[text] ?? ''}
            onChange={(event) => {
              const { [text]: _, ...rest } = mapping.types
              const chosen = event.currentTarget.value as SentType | 'skip' | ''
              onChange({ ...mapping, types: chosen === '' ? rest : { ...rest, [text]: chosen } })
            }}
          />
        ))}
      </div>
    </fieldset>
  )
}

const sayMeaning = (type: SentType | 'skip'): string => (type === 'skip' ? 'Nothing: pass it by' : TYPE_WORDS[type].label)

/** One file of the mapping screen. */
export const CsvFile = ({ file, isAlone, timeZone, mapping, onChange }: Props) => (
  <div className="stack-tight">
    {isAlone ? null : (
      <h3 className="strong" style={{ overflowWrap: 'anywhere' }}>
        {file.file}
      </h3>
    )}
    <Radio.Group label="Each row is" value={mapping.kind} onChange={(kind) => onChange(changeKind(mapping, kind as CsvMapping['kind']))}>
      <div className="row" style={{ marginTop: 4 }}>
        <Radio value="events" label="something that happened: a message, a question …" />
        <Radio value="members" label="a member, with the day of joining or leaving" />
      </div>
    </Radio.Group>
    <Sheet file={file} mapping={mapping} onChange={onChange} />
    <div className={classes.fields} style={{ marginTop: 0 }}>
      <DateOrder file={file} mapping={mapping} onChange={onChange} />
      {file.needs_time_zone ? (
        <ZoneSelect
          label="Time zone of its times"
          timeZone={timeZone}
          value={mapping.time_zone ?? ''}
          none="Reject them"
          onChange={(zone) => onChange({ ...mapping, time_zone: zone || null })}
        />
      ) : null}
      {file.sample.some((cells) => cells.some((cell) => /^[2-7]\d{4}([.,]\d+)?$/.test(cell.trim()))) ? (
        <NativeSelect
          label="Numbers of days count from"
          description="As spreadsheets keep dates: 45322 is a day in 2024"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={[
            { value: '1900', label: '1900, as nearly all do' },
            { value: '1904', label: '1904, old workbooks of a Mac' },
          ]}
          value={mapping.day_numbers}
          onChange={(event) => onChange({ ...mapping, day_numbers: event.currentTarget.value === '1904' ? '1904' : '1900' })}
        />
      ) : null}
      {mapping.kind === 'events' && mapping.columns.type === undefined ? (
        <NativeSelect
          label="Every row is"
          data={[{ value: '', label: 'Choose what it is' }, ...typeOptions]}
          value={mapping.every_row ?? ''}
          onChange={(event) => onChange({ ...mapping, every_row: (event.currentTarget.value || null) as SentType | null })}
        />
      ) : null}
    </div>
    {mapping.kind === 'events' ? <Kinds file={file} mapping={mapping} onChange={onChange} /> : null}
    <CsvRead file={file} />
  </div>
)
