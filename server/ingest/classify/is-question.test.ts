import { describe, expect, it } from 'vitest'
import { classifyMessage } from './classify-message.ts'
import { isQuestion } from './is-question.ts'

const asks = (text: string) => isQuestion(null, text)

describe('a question', () => {
  it.each([
    'Which valve fits the small pump?',
    'The pump leaks again. Which valve fits? Thanks, Ana',
    'does anyone know a good shop for valves',
    'Anyone tried the new pump yet',
    'Any ideas on how to seal this?',
    'how do i open the valve',
    "I can't get the pump to work. Please help",
    'I was wondering whether the blue one is better.',
    'I am looking for recommendations on valves',
    'I get this error when I start it: pump not found. Any help would be appreciated!',
    'Have you seen https://example.org/a?b=c ?',
    'Have you seen https://example.org/pump?',
    'Is Victoria Bitter (VB) sold in the U.S.? I have not found it.',
    'What does "No such pump?" mean?',
    'Hi all, how are you? Does anyone have a spare valve?',
    'Anyone?',
    'Is this right?',
    'So what should I do now?',
    'How do I fix this? Here is the error: pump not found',
    'The problem is, how do I open it?',
    'How do you seal it? We have a blue one.',
    'Comment puis-je ouvrir la vanne ? Merci',
    '¿Por qué no funciona la bomba? No puedo abrirla.',
    'Por que não funciona? Não consigo abrir.',
    'Habt ihr schon die neue Pumpe probiert? Wir haben die alte.',
    '¿Tienes el enlace? Gracias',
    'Maybe the blue one, but where is it?',
    'you can use version 2 with the old pump, right? And which valve?',
    // German
    'Wie kann ich das Ventil öffnen?',
    'Hat jemand Erfahrung mit der neuen Pumpe',
    'Weiß jemand, wo es Ventile gibt',
    'Ich suche Empfehlungen für eine Pumpe.',
    'Die Pumpe funktioniert leider nicht, bitte um Hilfe',
    // French
    'Comment ouvrir la vanne ?',
    'Est-ce que quelqu’un connaît cette pompe',
    'Je cherche une vanne pour la petite pompe.',
    "Je n'arrive pas à démarrer la pompe, quelqu'un peut m'aider",
    'Savez-vous où acheter une vanne ?',
    // Spanish
    '¿Cómo abro la válvula?',
    'Alguien sabe como abrir la valvula',
    'Tengo una duda sobre la bomba.',
    'La bomba no funciona, necesito ayuda por favor',
    // Portuguese
    'Como posso abrir a válvula?',
    'Alguém sabe onde comprar uma válvula',
    'Estou com uma dúvida sobre a bomba.',
    'A bomba não funciona, alguma sugestão',
    // other scripts have their own mark
    'このポンプはどうやって直しますか？',
    '这个泵怎么修？谢谢大家',
    'كيف أصلح المضخة؟',
    'Πώς ανοίγει η βαλβίδα\u037e',
  ])('is "%s"', (text) => {
    expect(asks(text)).toBe(true)
  })

  it.each([
    '',
    'I fixed the pump.',
    'https://example.org/search?q=pump',
    'See https://example.org/search?q=pump for more.',
    'How are you?',
    'Hi everyone, how are you doing today?',
    "What's up?",
    "Hey guys, how's it going?",
    'It is the blue one, right?',
    "That's great, isn't it?",
    'Did you know? The pump is 100 years old.',
    'Interested? Write to me.',
    'Questions? Call the office.',
    'Why? Because it leaks.',
    'Who knew?',
    'Really? Wow.',
    'And the result? It leaks.',
    'Maybe try the blue one?',
    'yeah i guess you can turn it each time?',
    'Vielleicht das blaue?',
    'Quizás la azul?',
    '```\nif (a ? b : c) what?\n```',
    'Run `select ? from pump` first.',
    '> Which valve fits?\nThe blue one.',
    '&gt; Which valve fits?\nThe blue one.',
    'The blue one.\n\nOn Monday Ana wrote:\n> Which valve fits?',
    'The blue one.\n-- \nAna\nWhere is my mind?',
    'He asked "Where is the valve?" and left.',
    'Er fragte „Wo ist das Ventil?“ und ging.',
    'I turned it (or was it the other one?) and it works.',
    '<blockquote><p>Which valve fits?</p></blockquote><p>The blue one.</p>',
    '[quote="ana"]Which valve fits?[/quote]\nThe blue one.',
    'it?s the blue one, I don?t use others',
    'Hallo zusammen, wie geht es euch?',
    'Das ist das blaue, oder?',
    'Bonjour à tous, comment allez-vous ?',
    "C'est la bleue, non ?",
    '¿Qué tal?',
    'Hola a todos, ¿cómo están?',
    'Es la azul, ¿verdad?',
    'Oi pessoal, tudo bem?',
    'É a azul, né?',
    'Wusstet ihr, dass die Pumpe 100 Jahre alt ist?',
    'Saviez-vous que la pompe a 100 ans ?',
    '¿Sabías que la bomba tiene 100 años?',
    'Você sabia que a bomba tem 100 anos?',
  ])('is not "%s"', (text) => {
    expect(asks(text)).toBe(false)
  })

  it('may stand in the title', () => {
    expect(isQuestion('Which valve?', null)).toBe(true)
    expect(isQuestion('How to open the valve', 'It has rusted.')).toBe(true)
    expect(isQuestion('The valve', 'It has rusted.')).toBe(false)
    expect(isQuestion(null, null)).toBe(false)
  })

  it('is not every title that begins with a word that asks', () => {
    const told = 'We took the old one apart, and it was full of sand. '.repeat(20)
    for (const title of [
      'How we rebuilt the pump',
      'Why I love valves',
      'How to rebuild a pump',
      'Warum ich Ventile mag',
      'Comment réparer une pompe',
    ])
      expect(isQuestion(title, told), title).toBe(false)
  })

  it('in the middle of a long statement is found, by a rule that says it is unsure', () => {
    const filler = 'The pump was rebuilt in the spring and runs well since then. '.repeat(10)
    const long = `${filler} Which valve did we use in the end? ${filler}`
    expect(isQuestion('The pump', long)).toBe(true)
    expect(classifyMessage({ source: 'mail', channel: null, title: 'The pump', text: long }).rule).toBe('question-mark-inside')
    // of a chat, where what is long rather answers
    expect(asks(long)).toBe(false)
  })
})
