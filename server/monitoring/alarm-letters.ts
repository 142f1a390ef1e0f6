import type { LetterPart } from '@/server/mail/body'

type Words = {
  kinds: Record<string, { fact: string; meanwhile: string }>
  subject: (channel: string, fact: string) => string
  over: { subject: (channel: string) => string; text: (channel: string) => string }
  hello: (name: string) => string
  open: string
}

/** What a member with the keys of the company is told when a number fails, in their own language. */
export const alarmWords: Record<'es' | 'en' | 'pt', Words> = {
  es: {
    hello: (name) => `Hola, ${name}:`,
    open: 'Ver el canal',
    subject: (channel, fact) => `${channel}: ${fact.charAt(0).toLowerCase()}${fact.slice(1)}`,
    over: {
      subject: (channel) => `${channel}: ya está bien`,
      text: (channel) => `${channel} volvió. Lo que esperaba sale en orden y no tienes que hacer nada.`,
    },
    kinds: {
      down: {
        fact: 'Sin conexión',
        meanwhile: 'Lo que tu equipo escribe queda guardado y sale en orden al volver. Reintentamos solos.',
      },
      'logged-out': {
        fact: 'Se desvinculó en el teléfono',
        meanwhile:
          'Nada entra ni sale hasta que alguien escanee el código. Lo que tu equipo escribe queda guardado.',
      },
      banned: {
        fact: 'WhatsApp bloqueó el número',
        meanwhile:
          'Nada entra ni sale. Abre WhatsApp en el teléfono de ese número: ahí dice por qué y hasta cuándo.',
      },
      replaced: {
        fact: 'Se abrió en otro lugar',
        meanwhile:
          'La misma sesión se usa en otra parte, así que aquí nada entra ni sale. Reanuda el canal donde deba estar.',
      },
      silent: {
        fact: 'Conectado, pero en silencio',
        meanwhile:
          'El enlace parece abierto y no responde. Lo estamos reconectando; puede que no entre nada mientras tanto.',
      },
      restricted: {
        fact: 'No puede empezar chats nuevos',
        meanwhile:
          'WhatsApp limitó el número. Responder a quien ya escribió funciona; los primeros mensajes quedan guardados.',
      },
    },
  },
  en: {
    hello: (name) => `Hello ${name},`,
    open: 'See the channel',
    subject: (channel, fact) => `${channel}: ${fact.charAt(0).toLowerCase()}${fact.slice(1)}`,
    over: {
      subject: (channel) => `${channel}: all is well again`,
      text: (channel) =>
        `${channel} is back. What waited goes out in order, and there is nothing for you to do.`,
    },
    kinds: {
      down: {
        fact: 'Offline',
        meanwhile: 'What your team writes is kept and goes out in order when it is back. We keep trying.',
      },
      'logged-out': {
        fact: 'Removed on the phone',
        meanwhile:
          'Nothing comes in or goes out until somebody scans the code. What your team writes is kept.',
      },
      banned: {
        fact: 'Blocked by WhatsApp',
        meanwhile:
          'Nothing comes in or goes out. Open WhatsApp on the phone of that number: it says why and until when.',
      },
      replaced: {
        fact: 'Opened somewhere else',
        meanwhile:
          'The same session is used elsewhere, so nothing comes in or goes out here. Resume the channel where it belongs.',
      },
      silent: {
        fact: 'Connected but silent',
        meanwhile:
          'The link looks open and does not answer. We are reconnecting it; messages may not come in meanwhile.',
      },
      restricted: {
        fact: 'Cannot start new chats',
        meanwhile:
          'WhatsApp limited the number. Replying to people who wrote works; first messages are kept.',
      },
    },
  },
  pt: {
    hello: (name) => `Olá, ${name}:`,
    open: 'Ver o canal',
    subject: (channel, fact) => `${channel}: ${fact.charAt(0).toLowerCase()}${fact.slice(1)}`,
    over: {
      subject: (channel) => `${channel}: tudo bem de novo`,
      text: (channel) => `${channel} voltou. O que esperava sai em ordem, e você não precisa fazer nada.`,
    },
    kinds: {
      down: {
        fact: 'Sem conexão',
        meanwhile:
          'O que sua equipe escreve fica guardado e sai em ordem quando voltar. Continuamos tentando.',
      },
      'logged-out': {
        fact: 'Removido no celular',
        meanwhile: 'Nada entra nem sai até que alguém leia o código. O que sua equipe escreve fica guardado.',
      },
      banned: {
        fact: 'Bloqueado pelo WhatsApp',
        meanwhile:
          'Nada entra nem sai. Abra o WhatsApp no celular desse número: lá diz por quê e até quando.',
      },
      replaced: {
        fact: 'Aberto em outro lugar',
        meanwhile:
          'A mesma sessão é usada em outro lugar, então aqui nada entra nem sai. Retome o canal onde ele deve estar.',
      },
      silent: {
        fact: 'Conectado, mas em silêncio',
        meanwhile:
          'A conexão parece aberta e não responde. Estamos reconectando; talvez não entre nada enquanto isso.',
      },
      restricted: {
        fact: 'Não pode começar conversas novas',
        meanwhile:
          'O WhatsApp limitou o número. Responder a quem já escreveu funciona; as primeiras mensagens ficam guardadas.',
      },
    },
  },
}

export type AlarmLetter = { name: string; channelName: string; kind: string; link: string; isOver: boolean }

/** @returns null for a kind that is told to nobody by letter */
export function writeAlarm(
  language: keyof typeof alarmWords,
  { name, channelName, kind, link, isOver }: AlarmLetter,
): { subject: string; parts: LetterPart[] } | null {
  const words = alarmWords[language]
  const known = words.kinds[kind]
  if (!known) return null
  const facts = isOver ? [words.over.text(channelName)] : [`${channelName}: ${known.fact}.`, known.meanwhile]
  return {
    subject: isOver ? words.over.subject(channelName) : words.subject(channelName, known.fact),
    parts: [words.hello(name), ...facts, { link, label: words.open }],
  }
}

/** The operator reads English, as the settings and the log do. */
export function writeOperatorAlarm(kind: string, isOver: boolean): { subject: string; parts: LetterPart[] } {
  const subject = isOver
    ? 'iKono Chat: WhatsApp accepts our version again'
    : 'iKono Chat: WhatsApp refuses our version (405)'
  const text = isOver
    ? 'Channels connect again. What waited goes out in order; nothing has to be done.'
    : 'Every bridge channel fails together until the version is raised: update iKono Chat, or set the WhatsApp version. Channels try again by themselves every 15 to 30 minutes; messages are kept meanwhile.'
  return { subject, parts: [text, `Alarm: ${kind}`] }
}
