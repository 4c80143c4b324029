/**
 * The settings that are shown, by what they are about: the variable that the service reads, and the key of the stack's
 * file that sets it (`infra/config/keys`).
 */
export const SETTING_GROUPS = {
  meta: [
    ["WHATSAPP_PHONE_ID", "whatsappPhoneId"],
    ["META_PAGE_ID", "metaPageId"],
    ["INSTAGRAM_ACCOUNT_ID", "instagramAccountId"],
    ["GRAPH_API_VERSION", "graphApiVersion"],
  ],
  webchat: [["WEBCHAT_ALLOWED_ORIGINS", "webchatAllowedOrigins"]],
  assistant: [
    ["GEMINI_MODEL", "geminiModel"],
    ["GEMINI_TEMPERATURE", "geminiTemperature"],
    ["GEMINI_MAX_OUTPUT_TOKENS", "geminiMaxOutputTokens"],
    ["GEMINI_HISTORY_TOKENS", "geminiHistoryTokens"],
    ["ANSWER_DEADLINE_SECONDS", "answerDeadlineSeconds"],
    ["REPLY_DOMAINS", "replyDomains"],
    ["MASK_IA_LOGS", "maskIaLogs"],
    ["HANDOFF_TIMEOUT_MINUTES", "handoffTimeoutMinutes"],
  ],
  automation: [
    ["AUTOMATION_TIME_ZONE", "automationTimeZone"],
    ["AUTOMATION_QUIET_HOURS", "automationQuietHours"],
    ["AUTOMATION_PAUSE_HOURS", "automationPauseHours"],
    ["SITE_URL", "siteUrl"],
  ],
  notices: [
    ["EMAIL_FROM", "emailFrom"],
    ["ADMIN_EMAILS", "adminEmails"],
    ["RUNBOOKS_URL", "runbooksUrl"],
  ],
} as const;

export type SettingGroup = keyof typeof SETTING_GROUPS;
export type SettingKey = (typeof SETTING_GROUPS)[SettingGroup][number][1];
