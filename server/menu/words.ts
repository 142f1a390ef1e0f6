/**
 * The words that customers use around and instead of an option, in Spanish, Portuguese and English; all without
 * accents and in lower case, as reading.fold leaves them.
 */
const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

/** Say nothing about the choice. "no", "con" and "sin" are not here: they turn a label into its opposite. */
export const FILLERS = words(`
  a al el la las los lo un una unos unas de del en por para y o que me mi es favor porfa porfavor gracias hola buenas
  buenos buen dias dia tardes tarde noches noche quiero quisiera necesito deseo gustaria seria elijo escojo marco
  opcion opciones numero num nro n
  os as um uma do da dos das em e ou meu minha eu ola oi bom boa bons obrigado obrigada quero queria gostaria preciso
  opcao opcoes
  the an of in for and or to i my please pls thanks hi hello hey want need would like option number`)

export const NUMBER_WORDS: ReadonlyMap<string, string> = new Map(
  [
    'cero zero',
    'uno um one primero primera primeiro primeira first',
    'dos dois duas two segundo segunda second',
    'tres three tercero tercera terceiro terceira third',
    'cuatro quatro four cuarto cuarta quarto quarta fourth',
    'cinco five quinto quinta fifth',
    'seis six sexto sexta sixth',
    'siete sete seven septimo septima setimo setima seventh',
    'ocho oito eight octavo octava oitavo oitava eighth',
    'nueve nove nine noveno novena nono nona ninth',
    'diez dez ten decimo decima tenth',
  ].flatMap((line, number) => line.split(' ').map((word) => [word, String(number)] as const)),
)

/** Whoever says one of these wants a person, whatever else the sentence says. */
export const PERSON_WORDS = words(`
  asesor asesora asesores humano humana humanos agente agentes atendente atendentes operador operadora
  human agent operator`)

/** Mean a person when they are all that is said, or are wanted: "persona natural" is no wish to talk to somebody. */
export const SOMEBODY_WORDS = words(`
  persona personas alguien ejecutivo ejecutiva representante vendedor vendedora
  pessoa pessoas alguem
  person someone somebody anyone representative`)
export const WANTING_WORDS = words(`
  hablar hablo hablarle charlar conversar comunicar comunicarme comunicame comuniqueme contactar contactarme atienda
  atiendan atender atencion pasame paseme pase hay quiero quisiera necesito deseo puedo
  falar falo conversar atendimento quero queria preciso posso
  talk speak chat connect want need`)
export const REAL_WORDS = words('real reales verdad verdadera verdadeira de')

/** The first screen again. */
export const HOME_WORDS = words(`
  menu inicio principal inicial comienzo comenzar empezar principio reiniciar
  comeco comecar recomecar
  home start main restart`)

/** One screen back. */
export const BACK_WORDS = words('volver atras regresar anterior retroceder voltar back previous 0 cero zero')

/** May stand beside HOME_WORDS and BACK_WORDS. */
export const MOVING_WORDS = words(
  'ir vamos ver mostrar muestrame hacia nuevo pantalla tela go show again screen over',
)
