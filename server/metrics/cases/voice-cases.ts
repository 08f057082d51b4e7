import { type NumberCases, restsOn, shareOf } from './case-list.ts'
import { personCases } from './person-cases.ts'

/** What is shared out among people, as concentration sees it. */
type VoiceOfCases = { id_suffix: '' | '-of-starts' | '-of-answers'; noun: string }

const COLUMNS = { '': 'contributions', '-of-starts': 'starts', '-of-answers': 'answers' } as const

/** The people known behind one voice, each with how much they made: what an index of concentration rests on. */
export const voiceCases = ({ id_suffix, noun }: VoiceOfCases): NumberCases => {
  const column = COLUMNS[id_suffix]
  return restsOn(personCases, {
    where: `person_id is not null and ${column} > 0`,
    amount: { sql: column, noun },
    sort: column,
    words: `${noun} by people who are known`,
  })
}

/** What the one who made most made, of all of it, anonymous included; of several with equally many, the first by person id. */
export const topVoiceCases = ({ id_suffix, noun }: VoiceOfCases): NumberCases => {
  const column = COLUMNS[id_suffix]
  return shareOf(personCases, {
    amount: { sql: column, noun },
    sort: column,
    all: { where: `${column} > 0`, words: noun },
    those: { where: `person_id is not null and place_by_${column} = 1`, words: `${noun} by the one person who made most` },
  })
}
