import { describe, expect, it } from 'vitest'
import { compareName, NO_NAME_KEY, nameKey } from './name-key.ts'

const areAlike = (a: string, b: string) => nameKey(a) === nameKey(b) && nameKey(a) !== NO_NAME_KEY

describe('names compared', () => {
  it.each([
    ['Ana Silva', 'ANA  SILVA'],
    ['Ana Silva', 'Silva, Ana'],
    ['José García', 'Jose Garcia'],
    ['José', 'Jose\u0301'].map((name) => `${name} Gomes`) as [string, string],
    ['Łukasz Groß', 'lukasz gross'],
    ['Ana Silva', 'Ana Silva (she/her)'],
    ['Ana Silva', 'ana.silva'],
    ['Ana Silva', 'Ana Silva via Pump Builders'],
    ['Ana Silva', 'Dr. Ana Silva, PhD'],
    ['Ana Silva', '\u202eAna\u202c Silva\u200b'],
    ['Ana Silva', 'Ana Silva 🌻'],
    ['Ａｎａ Ｓｉｌｖａ', 'Ana Silva'],
    ["Sinéad O'Brien", 'Sinead O’Brien'],
    ['山田 太郎', '山田太郎'],
    ['Jean-Pierre Dupont', 'Dupont, Jean Pierre'],
  ])('%s is called as %s', (a, b) => {
    expect(areAlike(a, b)).toBe(true)
  })

  it.each([
    ['John A. Smith', 'John B. Smith'],
    ['Ana Silva', 'Ana Silvana'],
    ['Martin Luther', 'Luther Martin'],
    ['किरण राव', 'करण राव'],
    ['Сергей Иванов', 'Сергей Петров'],
  ])('%s is not called as %s', (a, b) => {
    expect(areAlike(a, b)).toBe(false)
  })

  it.each([
    'Ana',
    'A. Silva',
    'A. S.',
    'Michael',
    '12345',
    'Deleted User',
    'user4711',
    'Anonymous',
    'ana@example.org',
    '王伟',
    '🌻',
    '',
    '<script>',
    'Admin Team',
  ])('"%s" says too little', (name) => {
    expect(nameKey(name)).toBe(NO_NAME_KEY)
  })

  it('takes a word that few would choose for a handle, which is less than a name', () => {
    expect(compareName('gearbox77')).toEqual({ words: 'gearbox77', kind: 'handle' })
    expect(compareName('Ana Silva')?.kind).toBe('full')
  })

  it('knows no key where there is no name', () => {
    expect(nameKey(null)).toBe(null)
  })
})
