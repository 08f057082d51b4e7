import type { CardSpec } from '../metric/card-spec.ts'
import * as say from '../metric/say-answer.ts'
import { sayNewcomersAnswered } from './say-helping.ts'

/** The charts of helping over time. */
export const HELPING_CARDS: CardSpec[] = [
  {
    id: 'questions',
    question: 'Do people ask?',
    kind: 'bars',
    unit: 'questions',
    series: [{ key: 'questions', label: 'Questions', tone: 'help' }],
    answer: say.sayQuestions,
  },
  {
    id: 'answered-share',
    question: 'Are they answered?',
    kind: 'lines',
    unit: 'share',
    series: [{ key: 'answered-share', label: 'Answered', tone: 'help' }],
    answer: say.sayAnswered,
  },
  {
    id: 'time-to-first-answer',
    question: 'How long does an answer take?',
    kind: 'lines',
    unit: 'hours',
    series: [{ key: 'time-to-first-answer', label: 'Half within', tone: 'help' }],
    answer: say.sayTime,
  },
  {
    id: 'helpers',
    question: 'How many people help?',
    kind: 'bars',
    unit: 'people',
    series: [{ key: 'helpers', label: 'Helpers', tone: 'help' }],
    answer: say.sayHelpers,
  },
  {
    id: 'newcomers-answered-share',
    question: 'When someone comes new, does anybody reply?',
    kind: 'lines',
    unit: 'share',
    series: [{ key: 'newcomers-answered-share', label: 'Newcomers answered', tone: 'help' }],
    answer: sayNewcomersAnswered,
  },
  {
    id: 'two-way-share',
    question: 'Do those who receive help also give it?',
    kind: 'lines',
    unit: 'share',
    series: [
      { key: 'two-way-share', label: 'Gave and received', tone: 'help' },
      { key: 'askers-who-help-share', label: 'Askers who helped', tone: 'discussion' },
    ],
    answer: say.sayTwoWay,
  },
  {
    id: 'direct-reciprocity',
    question: 'Do pairs help each other back?',
    kind: 'lines',
    unit: 'share',
    series: [
      { key: 'direct-reciprocity', label: 'Pairs, both ways', tone: 'help' },
      { key: 'weighted-reciprocity', label: 'Help returned', tone: 'discussion' },
    ],
    answer: say.sayReciprocity,
    note: 'Context, never a test: people help without expecting it back from the same person.',
  },
]
