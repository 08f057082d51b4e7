/** Words that are hardly ever meant as somebody's name, though people go by them: three letters and more, lower case; our judgement. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `about above actually after again against all almost already also always and another any anybody anyone anything anyway apparently are around ask away
  back bad basically because been before being below best better between big both but bye can cannot cant check code come command computer cool could
  data day default desktop did didnt different does doesnt doing done dont down dude each easy either else end enough error even ever every everybody everyone everything exactly
  fast few file files find fine first fix fixed for found from full fun get gets getting give given goes going gone good got great guess guest guy guys
  had has have havent having hello help her here hey hi him his home hope how however idea ill install into isnt its itself ive just keep kernel kind know known last later least less let lets
  like line link linux list little local long look looking looks lot made make makes man many master maybe mean means might mine more most mouse much music must myself
  name need needs network never new next nice nobody none normal not note nothing now off okay old once one only open other others our out over own
  part people perhaps please point possible probably problem put question quick quite random read ready real really right root run running
  said same saw say says see seems seen server set she should show simple since site slow some somebody someone something sometimes somewhere soon sorry sound start started still stop stuff such sudo support sure system
  take talk tell test than thank thanks that thats the their them then there these they thing things think this those though thought three through till time today together told tomorrow tonight too tried true try trying turn two type
  ubuntu under understand unless until update use used user using usually very via wait want wanted wants was wasnt way web week well went were what whatever when where whether which while who whole why will windows wish with without won wont word work working works world would wow wrong
  yeah year years yep yes yesterday yet you young your yours yourself
  aber alle alles als also auch auf aus bei bin bis bitte danke dann das dass dein dem den der des die dies doch ein eine einen einer einfach erst etwas für geht genau gibt gut habe haben hallo hat hier ich ihr immer ist jetzt kann kein keine können mal mehr mein mich mir mit muss nach nein nicht nichts noch nur oder schon sehr sein seine sich sie sind soll und uns vom von vor wann war warum was wenn wer wie wird wir wissen wo zum zur
  alors après aussi avec avoir bien bonjour car ces cette chez comme comment dans des dire donc elle encore est être faire fait ici les leur mais merci même moi mon nous oui par pas peut peux plus pour pourquoi quand que quel quelle quelqu qui quoi sans ses son sont sur tout tous très une vous
  algo alguien antes aquí así aunque bien bueno cada como con cosa creo cual cuando del desde donde ella ellos entonces era eres ese eso esta están estar este esto gracias hacer hasta hay hola les los mas más menos mucho muy nada nadie ni nos nosotros otra otro para pero poco por porque puede puedo pues qué que quien sea ser sin sino sobre solo son soy sus también tan tengo tiene todo todos una uno usted
  ainda algum alguém aqui assim até bem bom cada com coisa como das dele depois dos ela ele eles então era essa esse está estou eu fazer foi isso isto mais mas mesmo meu minha muito nada nem não nos nós obrigado onde outra outro para pela pelo pode porque posso quando quem qual sem ser seu sim são sobre sua também tem tenho ter tudo uma você vocês`.split(
    /\s+/,
  ),
)
