import { Button, Textarea, TextInput } from '@mantine/core'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { WorkWords } from '../../../shared/contract/work-words.ts'
import { dayInZone, formatCount, formatDay } from '../../../shared/format.ts'
import { MAX_WORDS_A_FAMILY, refuseWord, tidyWord, WORD_FAMILIES, type WordFamily } from '../../../shared/work-words.ts'
import { get, request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import classes from './house-rules.module.css'
import type { SectionProps } from './section.ts'
import { pathOf } from './settings-queries.ts'

const wordsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'words'],
    queryFn: ({ signal }) => get<WorkWords>(pathOf(slug, 'words'), signal),
  })

const FAMILY_WORDS: Record<WordFamily, { label: string; description: string }> = {
  artefact: { label: 'Artefacts', description: 'What it keeps track of: merge, ticket.' },
  procedure: { label: 'Procedure', description: 'How it meets and plans: agenda, deadline.' },
  document: { label: 'Documents', description: 'What it writes: draft, proposal.' },
  build: { label: 'Building', description: 'What it makes: release, fix.' },
}

type Language = WorkWords['languages'][number]
type Lists = Partial<Record<WordFamily, string[] | null>>

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' })
const nameOf = (language: string): string => {
  try {
    return names.of(language) ?? language
  } catch {
    return language
  }
}
const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map(tidyWord)
    .filter((line) => line !== '')
const isSame = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((word, i) => word === b[i])
const countOf = ({ families }: Language): number => families.reduce((sum, { words }) => sum + words.length, 0)

const sayCount = (count: number): string => (count === 0 ? 'no words' : count === 1 ? '1 word' : `${formatCount(count)} words`)

/** The four lists of a language, a word a line. */
const LanguageForm = ({ slug, language, onSaved }: { slug: string; language: Language; onSaved: () => void }) => {
  const client = useQueryClient()
  const [texts, setTexts] = useState<Partial<Record<WordFamily, string>>>({})
  const save = useMutation({
    mutationFn: (families: Lists) => request<WorkWords>('PUT', pathOf(slug, 'words'), { language: language.language, families }),
    onSuccess: (saved) => {
      setTexts({})
      client.setQueryData(wordsQuery(slug).queryKey, saved)
      onSaved()
    },
  })
  const changed: Lists = Object.fromEntries(
    language.families.flatMap(({ family, words }) => {
      const text = texts[family]
      return text === undefined || isSame(linesOf(text), words) ? [] : [[family, linesOf(text)]]
    }),
  )
  const isChanged = Object.keys(changed).length > 0
  const refused = WORD_FAMILIES.flatMap((family) => {
    const words = changed[family] ?? []
    const why = words.map((word) => ({ word, refusal: refuseWord(word) })).find(({ refusal }) => refusal !== null)
    if (why) return [`${FAMILY_WORDS[family].label}: “${why.word}” ${why.refusal}.`]
    return words.length > MAX_WORDS_A_FAMILY ? [`${FAMILY_WORDS[family].label}: at most ${MAX_WORDS_A_FAMILY} words.`] : []
  })
  return (
    <form
      className={classes.editor}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(changed)
      }}
    >
      <div className={classes.wordLists}>
        {language.families.map(({ family, words, is_own, default_words }) => (
          <div key={family}>
            <Textarea
              label={FAMILY_WORDS[family].label}
              description={FAMILY_WORDS[family].description}
              autosize
              minRows={4}
              maxRows={14}
              spellCheck={false}
              dir="auto"
              value={texts[family] ?? words.join('\n')}
              onChange={(event) => {
                const { value } = event.currentTarget
                setTexts((before) => ({ ...before, [family]: value }))
              }}
            />
            {is_own ? (
              <p className="small quiet">
                Set by this community.{' '}
                <button
                  type="button"
                  className="plain-button no-print"
                  disabled={save.isPending}
                  aria-label={`Back to the default: ${FAMILY_WORDS[family].label}`}
                  onClick={() => save.mutate({ [family]: null })}
                >
                  Back to the default ({default_words.length === 0 ? 'none' : formatCount(default_words.length)})
                </button>
              </p>
            ) : null}
          </div>
        ))}
      </div>
      {refused.map((sentence) => (
        <p key={sentence} role="alert" className={classes.words}>
          {sentence}
        </p>
      ))}
      <Failure error={save.error} />
      <div className="row">
        <Button type="submit" className="no-print" loading={save.isPending} disabled={!isChanged || refused.length > 0}>
          Save words
        </Button>
        <span role="status" className="quiet">
          {save.isSuccess && !isChanged ? 'Saved. These words are counted from now on.' : ''}
        </span>
      </div>
    </form>
  )
}

const ReadLanguage = ({ language }: { language: Language }) => (
  <dl className={classes.wordLists}>
    {language.families.map(({ family, words, is_own }) => (
      <div key={family}>
        <dt className="strong">
          {FAMILY_WORDS[family].label}
          {is_own ? ' (set by this community)' : ''}
        </dt>
        <dd className={classes.words}>{words.length === 0 ? 'None.' : <bdi>{words.join(', ')}</bdi>}</dd>
      </div>
    ))}
  </dl>
)

const EMPTY = (language: string): Language => ({
  language,
  families: WORD_FAMILIES.map((family) => ({ family, words: [], default_words: [], is_own: false })),
})

const AddLanguage = ({ taken, onAdd }: { taken: string[]; onAdd: (language: string) => void }) => {
  const [text, setText] = useState('')
  const language = text.trim().toLowerCase()
  const isName = /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}$/.test(language)
  return (
    <form
      className={`${classes.fields} no-print`}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isName || taken.includes(language)) return
        onAdd(language)
        setText('')
      }}
    >
      <TextInput
        label="Another language"
        description="Its short name, such as de or pt-br"
        value={text}
        error={text !== '' && taken.includes(language) ? 'It is listed already' : null}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={!isName || taken.includes(language)}>
        Add words
      </Button>
    </form>
  )
}

/** The words by which a workgroup is known by its talk. */
export const WordSection = ({ slug, isManager, timeZone }: SectionProps) => {
  const { data, error, refetch } = useQuery(wordsQuery(slug))
  const [added, setAdded] = useState<string[]>([])
  if (data === undefined)
    return error ? <CardProblem what="The words" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[240]} />
  const listed = data.languages.map(({ language }) => language)
  const languages = [...data.languages, ...added.filter((language) => !listed.includes(language)).map(EMPTY)]
  return (
    <section className="card stack-tight" aria-labelledby="words">
      <h2 className="title" id="words">
        Which words talk about work?
      </h2>
      <p className="measure">
        A team whose work comes as chat is told by its words: it says “merge” and “agenda” several times as often as a community does. That
        was found on talk about software and standards, in English. For another field or language give words of your own; a charter
        outweighs words in any case.
      </p>
      <p className="measure">
        {data.note}
        {data.counts_since === null ? '' : ` The words here are counted since ${formatDay(dayInZone(data.counts_since, timeZone))}.`}
      </p>
      {languages.map((language) => (
        <details key={language.language} className={classes.row} open={added.includes(language.language)}>
          <summary className={classes.summary}>
            {nameOf(language.language)} ({language.language}): {sayCount(countOf(language))}
            {language.families.some(({ is_own }) => is_own) ? ', some set by this community' : ''}
          </summary>
          {isManager ? (
            <LanguageForm slug={slug} language={language} onSaved={() => void refetch()} />
          ) : (
            <ReadLanguage language={language} />
          )}
        </details>
      ))}
      {isManager ? <AddLanguage taken={languages.map((one) => one.language)} onAdd={(one) => setAdded((all) => [...all, one])} /> : null}
      <details className={classes.row}>
        <summary className={classes.summary}>How a word is counted</summary>
        <p className="measure">
          One word or phrase a line, each form on its own. Capitals do not matter, unless the word is written in capitals: PR counts only as
          PR. A space stands for any white space or a hyphen. Words of all languages listed are counted together.
        </p>
        <ul>
          {data.patterns.map(({ word, stands_for }) => (
            <li key={word}>
              <span className="strong">{word}</span>: {stands_for}
            </li>
          ))}
        </ul>
      </details>
    </section>
  )
}
