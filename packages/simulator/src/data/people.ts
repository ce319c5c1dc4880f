/** The language of a country by its code; English for the others. */
export const languages: Readonly<Record<string, string>> = {
  DE: "German",
  CH: "German",
  FR: "French",
  ES: "Spanish",
  IT: "Italian",
  PL: "Polish",
  SE: "Swedish",
  NL: "Dutch",
  TR: "Turkish",
  IN: "Hindi",
  JP: "Japanese",
  KR: "Korean",
  BR: "Portuguese",
};
export const generalSkills = [
  "Negotiation",
  "SQL",
  "Leadership",
  "Budgeting",
  "Public Speaking",
  "Analytics",
  "CRM",
];
export const schools = ["TU", "University of", "College of", "École de"];
export const degrees = ["BSc", "MSc", "MBA", "Diplom", "Licence"];
export const fieldsOfStudy = ["Economics", "Computer Science", "Law", "Design", "Mechanics"];
