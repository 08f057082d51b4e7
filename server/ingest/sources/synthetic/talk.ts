import type { Random } from './random.ts'

const THINGS =
  'pump,seal,valve,bearing,filter,heat exchanger,gearbox,sensor,coupling,compressor,gasket,flow meter,motor,pipe support,impeller'.split(
    ',',
  )
const TROUBLES =
  'leaks after a cold start,runs hot at half load,makes a rattling noise,trips twice a week,wears out within months,shows no reading,vibrates above 2,000 turns'.split(
    ',',
  )
const REMEDIES =
  'check the alignment first,replace the spring and the o-ring together,lower the pressure by a tenth,flush it with warm water,turn it by hand before you start it,ask the supplier for the older type'.split(
    ',',
  )
const PLACES = 'Rotterdam,Aberdeen,Recife,Busan,Gdynia,Durban,Houston,Perth'.split(',')

/** What people write, by kind of message: just enough to have words to count. */
export const TALK = {
  question: (r: Random) => ({
    title: `${r.pick(THINGS)} ${r.pick(TROUBLES)}`,
    text: `Our ${r.pick(THINGS)} in ${r.pick(PLACES)} ${r.pick(TROUBLES)}. Has anyone seen this? How did you solve it?`,
  }),
  answer: (r: Random) => ({
    text: `We had that with a ${r.pick(THINGS)} in ${r.pick(PLACES)}: ${r.pick(REMEDIES)}, and ${r.pick(REMEDIES)}.`,
  }),
  thanks: () => ({ text: 'Thank you, that solved it!' }),
  discussion: (r: Random) => ({
    title: `How do you look after a ${r.pick(THINGS)}?`,
    text: `In ${r.pick(PLACES)} we ${r.pick(REMEDIES)} every spring. I would like to hear how others do it.`,
  }),
  reply: (r: Random) => ({ text: `Here it is the other way round: the ${r.pick(THINGS)} ${r.pick(TROUBLES)}, so we ${r.pick(REMEDIES)}.` }),
  article: (r: Random) => ({
    title: `What I learned about the ${r.pick(THINGS)}`,
    text: `Last week in ${r.pick(PLACES)} a ${r.pick(THINGS)} showed me something new. My advice: ${r.pick(REMEDIES)}.`,
  }),
  announcement: (r: Random) => ({
    title: `News from ${r.pick(PLACES)}`,
    text: `The yearly meeting on the ${r.pick(THINGS)} takes place in ${r.pick(PLACES)}. Registration is open.`,
  }),
  edit: (r: Random) => ({
    title: `Section ${1 + r.below(9)}: ${r.pick(THINGS)}`,
    text: 'Wording of the second paragraph after the review.',
  }),
  task: (r: Random) => ({ title: `Inspect the ${r.pick(THINGS)}, ${r.pick(PLACES)}` }),
  work_post: (r: Random) => ({
    title: `Draft of the ${r.pick(THINGS)} guide for review`,
    text: `Please review section ${1 + r.below(9)} of the draft before the meeting. Action items are in the minutes.`,
  }),
  work_reply: (r: Random) => ({
    text: `The wording of section ${1 + r.below(9)} needs consensus before the deadline; otherwise ready to release.`,
  }),
} satisfies Record<string, (random: Random) => { title?: string; text?: string }>
export type Talk = keyof typeof TALK
