/** White space and what looks like it, and what looks like nothing: soft hyphens, joiners, marks of direction. */
const VISIBLE = /[^\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether a reader would see nothing of the text. */
export const isBlank = (text: string): boolean => !VISIBLE.test(text);
