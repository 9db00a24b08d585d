/** Far more than the names and addresses of a render; without a bound, hostile input would fill the memory. */
const MOST_TEXTS = 10_000;

/** A longer text is a file in a ConfigMap, which is there once. */
const LONGEST_TEXT = 1_000;

/** A pure function of a text that keeps its answers to short ones, because renders repeat them. */
export function rememberedText<Value>(answer: (text: string) => Value): (text: string) => Value {
  const answers = new Map<string, { readonly value: Value }>();
  return (text) => {
    if (text.length > LONGEST_TEXT) {
      return answer(text);
    }
    let known = answers.get(text);
    if (known === undefined) {
      known = { value: answer(text) };
      if (answers.size >= MOST_TEXTS) {
        answers.clear();
      }
      answers.set(text, known);
    }
    return known.value;
  };
}
