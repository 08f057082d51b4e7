import { describe, expect, it } from 'vitest'
import { answersNothing } from './answers-nothing.ts'

describe('a message that answers nothing', () => {
  it.each([
    'Thanks!',
    '👍',
    ':+1:',
    ':+1: :tada:',
    '👍🏽 🎉',
    '🇩🇪',
    '❤️',
    '+1',
    '+1!',
    '++',
    ':-)',
    '<@U123> +1',
    'me too',
    'Me too!',
    'Same here',
    'same problem here',
    'I have the same problem',
    '+1 same here',
    'Ich auch',
    'Geht mir auch so',
    'Bei mir auch',
    'Ich habe das gleiche Problem',
    'Moi aussi',
    'Même problème ici',
    "J'ai le même problème",
    'Yo también',
    'Tengo el mismo problema',
    'A mí también',
    'Eu também',
    'Aqui também!',
    'Tenho o mesmo problema',
  ])('is "%s"', (text) => expect(answersNothing(null, text)).toBe(true))

  it.each([
    '',
    ' ',
    'Yes',
    'No.',
    '42',
    '7',
    'The blue one 👍',
    'Same here, I turned the valve twice and it worked',
    'me too, use the blue one',
    'https://example.org/valve',
    'Use :wrench:',
    'Which one?',
    'Ich auch nicht, nimm das blaue Ventil',
    'Ja',
    'Oui',
    'Sí',
    'Não',
    'C++',
  ])('is not "%s"', (text) => expect(answersNothing(null, text)).toBe(false))

  it('has no title but that of a reply', () => {
    expect(answersNothing('A new pump', '👍')).toBe(false)
    expect(answersNothing('Re: A new pump', '👍')).toBe(true)
  })
})
