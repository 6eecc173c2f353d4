export interface PlayWords {
  /** A skill; without one it is about the deal talked about. */
  skill?: string;
  situation: string;
  branches: readonly (readonly [answer: string, reply: string])[];
  tries: readonly (readonly [how: string, polished: string])[];
  feedback: string;
}

/** What reps and managers practised, as they wrote it down. */
// prettier-ignore
export const plays: readonly PlayWords[] = [
  {
    situation: "Second visit at {account}. {contact} likes it, has not said what it costs them today.",
    branches: [
      ["We never measured it", "Shall we measure it together, one shift, with your packs?"],
      ["Send me a price first", "Gladly. What would the price have to pay for?"],
      ["We are quite happy as it is", "What would have to happen for you not to be?"],
    ],
    tries: [
      ["Answered the question about the price at once", "Ask back first, then stay quiet"],
      ["Asked, then talked into the silence after two seconds", "Count to five in your head"],
      ["Asked, waited, got the figure", ""],
    ],
    feedback: "The third time you let the silence work. That was strong, and it looked easy.",
  },
  {
    situation: "{contact} calls: purchasing wants 8 %, otherwise they ask the competitor.",
    branches: [
      ["8 % or we stop here", "What do you give for it: the order this month, or both lines?"],
      ["The others are cheaper", "By how much, and for the same thing?"],
    ],
    tries: [
      ["Gave 4 % in the second sentence", "Nothing without something in return"],
      ["Clear, a little hard in the voice", "Smile before the first word, they hear it"],
    ],
    feedback: "You stayed friendly and gave nothing away. Exactly like that on Thursday.",
  },
  {
    situation: "Proposal is out for two weeks at {account}, no answer. Call to {contact}.",
    branches: [
      ["I have not got round to it", "What has pushed it down the list?"],
      ["{other} has to decide", "What will {other} want to know first? Shall the three of us meet?"],
      ["No answer at all", "Message: one question, one date, no reproach"],
    ],
    tries: [
      ["Began with “I just wanted to ask”", "Begin with something that is about them"],
      ["Good start, ended without a date", "Name two dates and let them choose"],
    ],
    feedback: "Warm from the first sentence, and you came out with a date.",
  },
  {
    skill: "Opening a first call",
    situation: "Unknown plant manager, eight in the morning, two minutes at most.",
    branches: [
      ["No time", "Understood. Ten minutes on Thursday or on Friday?"],
      ["We have a supplier", "Good. What would they have to do better?"],
    ],
    tries: [
      ["Forty seconds of company story", "One sentence about a plant like theirs, then a question"],
      ["One sentence, one question", "Slower"],
      ["Slower, and he told more than we asked", ""],
    ],
    feedback: "Your question about the night shift was the best one we have had here. Keep it.",
  },
  {
    skill: "Agreeing the next step before leaving",
    situation: "End of a good visit, everybody is getting up.",
    branches: [
      ["We will get back to you", "Very good. What will you need for that, and by which day?"],
      ["Send us something", "I will. Shall we go through it together on Tuesday?"],
    ],
    tries: [
      ["Packed up first, asked at the door", "Ask while you still sit"],
      ["Asked in their words, with a date", ""],
    ],
    feedback: "You summed up in their words. They would have said yes to anything after that.",
  },
  {
    skill: "Asking what it costs them",
    situation: "Quality manager says giveaway is “normal”.",
    branches: [
      ["Two grams is normal", "How many packs a day is that?"],
      ["That is calculated in", "Who calculated it, and when?"],
    ],
    tries: [
      ["Did the sum for them", "Hand over the pencil: their sum, their figure"],
      ["They did the sum and went quiet", "Do not save them from it"],
    ],
    feedback: "Handing over the pencil changed the whole talk. Well done for daring it.",
  },
  {
    skill: "Staying calm when the price comes early",
    situation: "First visit, minute four: “What does it cost?”",
    branches: [
      ["Just roughly", "Between this and that, depending on one thing: what has to come out of it?"],
      ["More than the others", "It often is. What do they leave out?"],
    ],
    tries: [
      ["Went red and talked about quality", "Breathe out first"],
      ["Gave the range, asked the question, waited", ""],
    ],
    feedback: "You were not afraid of the number. That is what they will remember.",
  },
];
