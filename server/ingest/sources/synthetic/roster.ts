import type { Random } from './random.ts'

export type Person = {
  id: string
  name: string
  joined_at: number
  has_left: boolean
  busy_until: number
  asking: number
  helping: number
  is_bot?: boolean
}

/** No one but the host does more than this share of what everyone does (our judgement: a community, not a star). */
const TOP_SHARE = 0.16
/** People ask more in their first weeks. */
const NEWCOMER_MS = 30 * 86_400_000
const NEWCOMER_FACTOR = 3

const FIRST =
  'Ana Ben Chidi Dana Elif Farid Greta Hana Ines Jonas Kofi Lena Mei Noor Olga Pavel Quynh Rosa Sven Tariq Uma Viktor Wanda Xenia Yusuf Zoe Aiko Bela Carmen Dmitri'.split(
    ' ',
  )
const LAST =
  'Abe Berg Costa Diaz Eriksen Fischer Garcia Horvat Ivanova Jensen Kaya Lindqvist Mbeki Novak Okafor Petrov Quist Rossi Silva Tanaka Ueda Vogel Weber Xu Yilmaz Zhang'.split(
    ' ',
  )

type Weight = 'asking' | 'helping'

/** Members as they come and go; the first is the host and stays. Activity is heavy-tailed: most read, a few do much. */
export const createRoster = (random: Random) => {
  const people: Person[] = []
  let present: Person[] = []
  const sums: Record<Weight, Float64Array> = { asking: new Float64Array(), helping: new Float64Array() }

  const weigh = (weight: Weight, now: number) => {
    const weights = Float64Array.from(
      present,
      (person) => person[weight] * (weight === 'asking' && now - person.joined_at < NEWCOMER_MS ? NEWCOMER_FACTOR : 1),
    )
    for (let round = 0; round < 4; round++) {
      const cap = weights.reduce((sum, one) => sum + one, 0) * Math.max(TOP_SHARE, 1.5 / present.length)
      for (let i = 0; i < weights.length; i++) weights[i] = Math.min(weights[i] as number, cap)
    }
    let sum = 0
    for (let i = 0; i < weights.length; i++) {
      sum += weights[i] as number
      weights[i] = sum
    }
    sums[weight] = weights
  }

  return {
    people,
    present: () => present,
    join: (at: number): Person => {
      const number = people.length
      const person = {
        id: `m${number + 1}`,
        name: `${random.pick(FIRST)} ${random.pick(LAST)}`,
        joined_at: at,
        has_left: false,
        busy_until: at,
        asking: random.logNormal(1, 1),
        helping: random.logNormal(1, 1.5),
      }
      people.push(person)
      return person
    },
    /** To be called when people have joined or left, and now and then for newcomers to grow old. */
    update: (now: number) => {
      present = people.filter((person) => !person.has_left && person.joined_at <= now)
      weigh('asking', now)
      weigh('helping', now)
    },
    /** Somebody, by how much they do; not one of `except`. Null when nobody is left. */
    draw: (weight: Weight, except: readonly (Person | null)[] = []): Person | null => {
      const sum = sums[weight]
      const total = sum.at(-1) ?? 0
      for (let attempt = 0; attempt < 12; attempt++) {
        const target = random.next() * total
        let low = 0
        let high = sum.length - 1
        while (low < high) {
          const middle = (low + high) >> 1
          if ((sum[middle] as number) > target) high = middle
          else low = middle + 1
        }
        const person = present[low]
        if (person && !person.has_left && !except.includes(person)) return person
      }
      return null
    },
  }
}
export type Roster = ReturnType<typeof createRoster>
