/** Words of thanks, success and agreement in English, German, French, Spanish and Portuguese; `phrases.ts` has the notation. Our judgement. */
import type { Phrase } from '../phrases.ts'

/** Thanks. */
export const THANKING: readonly Phrase[] = [
  'thanks|thx|thnx|tks|ty|tysm|tyvm|thankyou',
  'thank you|u|ya|yall',
  'many|much thanks',
  'much|greatly|really appreciated',
  'i|we really|greatly? appreciate',
  'cheers',
  'danke|dankeschön',
  'vielen|besten|herzlichen|tausend|lieben dank',
  'dank dir|euch|ihnen',
  'merci',
  'gracias',
  'obrigado|obrigada|obg|obrigadão|brigado|brigada|valeu',
]

/** It worked, or the problem is gone. */
export const WORKED: readonly Phrase[] = [
  'that|it|this|which now|totally|perfectly|finally? worked|works|fixed|solved|helped|helps',
  'that|this did it|the',
  'worked|works perfectly|great|fine|now|like|for|again',
  'problem|issue|mystery is|has|been|now? been? solved|fixed|resolved',
  'solved|fixed|resolved',
  'got it working|to work',
  'hat|das|es|jetzt geklappt|geholfen|funktioniert|klappt|läuft',
  'funktioniert|klappt|geht|läuft jetzt|nun|wieder',
  'problem|fehler ist? gelöst|behoben|erledigt',
  'gelöst|behoben',
  'das wars',
  'ça|ca|cela|tout a? marche|marché|fonctionne|fonctionné',
  'problème|problème est|a|été? résolu|réglé',
  'résolu|réglé',
  'ya|me|sí|si|esto|eso ha? funciona|funcionó|funcionado|sirvió|está',
  'funcionó|solucionado|resuelto',
  'problema solucionado|resuelto|resolvido',
  'funcionou|resolvido|consegui',
  'deu certo',
  'já|isso funciona|funcionou|resolveu',
]

/** Thanks for what has not come yet. */
export const IN_ADVANCE: readonly Phrase[] = [
  'in advance|anticipation',
  'im voraus|vorhinein',
  'schon mal|jetzt',
  'davance',
  'par avance',
  'de antemano',
  'por adelantado',
  'desde já',
  'antecipadamente',
]

/** With one of these in the sentence, nothing is thanked for or solved for sure. */
export const NOT_REALLY: readonly Phrase[] = [
  'no|not|but|however|still|unfortunately|yet|didnt|doesnt|dont|isnt|wasnt|wont|cant|couldnt|never|if|though|although|except|anyone|someone|somebody|would|please',
  'nicht|kein|keine|keinen|aber|leider|trotzdem|noch|wenn|falls|jedoch|nur|bitte',
  'pas|mais|toujours|malheureusement|cependant|si|sauf|svp',
  'no|pero|todavía|aún|aun|lamentablemente|aunque|excepto|alguien',
  'não|nao|mas|ainda|infelizmente|porém|se|exceto|alguém',
]

/** Says that somebody has the same question, or agrees, as a whole message. */
export const AGREEING: readonly Phrase[] = [
  'same|ditto|this|agreed|indeed|exactly|lol|haha|hehe|wow|nice|cool|awesome|great|interesting|following|bump|up',
  'same|me|mee here|too|question|problem|issue|boat|thing|for|with|to here|for|with|to? me|us?',
  'same here',
  'me|us too|also|neither',
  'same|the problem|question|issue|error|thing here|too|for? me?',
  'i|we have|having|got|get|am|im|see|had|am having? the? exact? same problem|question|issue|error|thing too|here|as? well?',
  'i|we also have|had|get|see|need this|that|it the? same? problem|question|issue|error?',
  'i|we have|had|get|see|want|need|wondered|wonder this|that|it problem|question|issue? too|also',
  'im|am having|seeing|getting this|that|the|it same? problem|question|issue|error? too|also',
  'would|id also? like|love to know this|that|too|as|also well?',
  'i agree|concur',
  'following this?',
  'dito|ebenso|same|genau|stimmt|ebenfalls',
  'ich|mir|uns|wir auch',
  'geht mir|uns auch|genauso|ebenso so?',
  'bei mir|uns auch|genauso|das? gleiche|selbe|dasselbe|ebenso? problem?',
  'das? gleiche|selbe|dasselbe problem|frage|hier bei? mir|uns|hier?',
  'ich|wir habe|haben das|die gleiche|selbe problem|frage',
  'würde mich|uns auch interessieren',
  'das? interessiert mich|uns auch',
  'idem|pareil',
  'idem|pareil pour|ici|chez moi|nous?',
  'moi|nous aussi',
  'même|la|le même? problème|question|souci|chose ici|chez|pour|aussi? moi|nous?',
  'jai|nous le|la|avons même|le même? problème|question|souci',
  'ça|ca mintéresse aussi',
  'yo|nosotros|a|mí también|tambien|mí|mi también|tambien?',
  'igual|lo|aquí mismo|aquí|acá|para|digo digo|aquí|acá? mí|mi?',
  'mismo|el problema|mismo problema?',
  'tengo|tenemos el|la mismo|misma problema|duda|pregunta|error',
  'me pasa lo mismo|igual',
  'a mí|mi también|tambien me? pasa?',
  'eu|nós|aqui também|tambem',
  'mesmo|mesma problema|dúvida|duvida|coisa aqui?',
  'tenho|temos o|a mesmo|mesma problema|dúvida|duvida|erro',
  'comigo também|tambem|idem',
]
