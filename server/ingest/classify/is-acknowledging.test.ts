import { describe, expect, it } from 'vitest'
import { isAcknowledging } from './is-acknowledging.ts'

const acknowledges = (text: string) => isAcknowledging(null, text)

describe('a message that acknowledges', () => {
  it.each([
    'Thanks!',
    'Thank you so much, Ana',
    'Hi Ana, thanks for the quick reply. I turned it twice and it runs.',
    'I turned the valve twice and it runs. Thanks!',
    'I turned the valve twice and it runs.\n\nThanks,\nAna',
    'That worked, the pump runs again.',
    'I turned it twice and that worked',
    'Ah perfect, that fixed it.',
    'Solved',
    'Problem solved: I had the wrong valve.',
    'Danke, das war das Ventil.',
    'Ich habe es gedreht, jetzt geht es. Vielen Dank!',
    'Hat geklappt',
    'Merci beaucoup, la pompe tourne.',
    'Ça marche !',
    'Muchas gracias, ya arrancó.',
    'Problema resuelto',
    'Obrigada, consegui abrir.',
    'Deu certo!',
  ])('is "%s"', (text) => expect(acknowledges(text)).toBe(true))

  it.each([
    '',
    '👍',
    'The blue one.',
    'Thanks, but it still leaks.',
    'Thanks. But it leaks.',
    'Thanks, which valve do you mean?',
    'I turned it, thanks to the long handle, until it broke. Now it leaks. Which valve fits?',
    'It leaks more now. Thanks to Ana I have a spare one. I will try it on Monday',
    'No thanks',
    'It is not solved.',
    'That worked for a day, but now it leaks.',
    'Thanks in advance!',
    'Danke im Voraus',
    "Merci d'avance",
    'Gracias de antemano',
    'Obrigado desde já',
    'Danke, aber das Ventil klemmt noch.',
    'Merci, mais elle fuit toujours.',
    'Gracias, pero no arranca.',
    'Obrigado, mas ainda vaza.',
    'Em vez disso usei a azul',
  ])('is not "%s"', (text) => expect(acknowledges(text)).toBe(false))

  it('has no title but that of a reply', () => {
    expect(isAcknowledging('Pump', 'Thanks')).toBe(false)
    expect(isAcknowledging('Re: Pump', 'Thanks')).toBe(true)
    expect(isAcknowledging('AW: Pumpe', 'Danke, hat geklappt')).toBe(true)
  })
})
