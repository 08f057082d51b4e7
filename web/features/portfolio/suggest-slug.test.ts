import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slugSchema } from '../../../shared/contract/community.ts'
import { suggestSlug } from './suggest-slug.ts'

test('a name becomes an address', () => {
  expect(suggestSlug('Pumpen & Ventile Köln')).toBe('pumpen-ventile-koln')
  expect(suggestSlug('🔥')).toBe('')
})

test('whatever the name, the address is empty or one that is accepted', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
      const slug = suggestSlug(name)
      expect(slug === '' || slugSchema.safeParse(slug).success).toBe(true)
    }),
  )
})
