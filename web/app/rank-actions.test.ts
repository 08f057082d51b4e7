import { expect, test } from 'vitest'
import { rankActions } from './rank-actions.ts'

const groups = [
  {
    group: 'Pages',
    actions: [
      { id: '1', label: 'Helping' },
      { id: '2', label: 'House rules' },
    ],
  },
  {
    group: 'Numbers',
    actions: [
      { id: '3', label: 'Helpers', description: 'How many people help?' },
      { id: '4', label: 'Questions', description: 'Do people ask?' },
      { id: '5', label: 'Share of people who help', keywords: 'helpers-share' },
    ],
  },
]

test('what begins with the words comes before what only holds them, and all words count', () => {
  const ids = (query: string, most = 9) => rankActions(query, groups, most).flatMap(({ actions }) => actions.map(({ id }) => id))
  expect(ids('help')).toEqual(['1', '3', '5'])
  expect(ids('people help')).toEqual(['5', '3'])
  expect(ids('RULES')).toEqual(['2'])
  expect(ids('nothing of the kind')).toEqual([])
  expect(ids('e', 2)).toHaveLength(2)
})

test('the group with the best match stands first', () => {
  expect(rankActions('question', groups, 9).map(({ group }) => group)).toEqual(['Numbers'])
  expect(rankActions('share', groups, 9)[0]?.group).toBe('Numbers')
  expect(rankActions('', groups, 9).map(({ group }) => group)).toEqual(['Pages', 'Numbers'])
})
