import { expect, test } from 'vitest'
import { createMemory } from './remember.ts'

test('what was made is made once, for all who ask while it is being made and after', async () => {
  const remember = createMemory<number>(2)
  let made = 0
  const make = async () => ({ value: ++made, isKept: true })
  expect(await Promise.all([remember('a', make), remember('a', make)])).toEqual([1, 1])
  expect(await remember('a', make)).toBe(1)
})

test('the one used longest ago goes first', async () => {
  const remember = createMemory<string>(2)
  const made: string[] = []
  const ask = (key: string) =>
    remember(key, async () => {
      made.push(key)
      return { value: key, isKept: true }
    })
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await ask(key)
  expect(made).toEqual(['a', 'b', 'c', 'b'])
})

test('what failed, or is not to be kept, is made anew', async () => {
  const remember = createMemory<number>(2)
  await expect(remember('a', async () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await remember('a', async () => ({ value: 1, isKept: false }))).toBe(1)
  expect(await remember('a', async () => ({ value: 2, isKept: true }))).toBe(2)
})
