/** Our message's id is the phone's id of it: the phone reads the same rows. */
export const externalIdFor = (messageId: string): string => messageId
