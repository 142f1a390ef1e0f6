/**
 * The WhatsApp id of a message of ours, made from our own id: known before it is sent, so a repeat after a crash
 * carries the same one. 3EB0 and hex is the form of WhatsApp Web's own ids.
 */
export function externalIdFor(messageId: string): string {
  return `3EB0${messageId.replaceAll('-', '').slice(-20).toUpperCase()}`
}
