{{- /* The name of the job's cluster. Flink allows 45 characters. */ -}}
{{- define "retally.repProgress" -}}
{{- $name := printf "%s-rep-progress" .Release.Name -}}
{{- if gt (len $name) 45 }}{{ fail (printf "Flink allows 45 characters in a cluster's name, and %q has %d: choose a release name of at most 32" $name (len $name)) }}{{ end -}}
{{- $name -}}
{{- end }}

{{- define "retally.serviceAccount" -}}
{{- if .Values.serviceAccount.name }}{{ .Values.serviceAccount.name }}
{{- else if .Values.serviceAccount.create }}{{ .Release.Name }}-flink
{{- else }}{{ fail "serviceAccount.create is false: name an existing account in serviceAccount.name" }}
{{- end -}}
{{- end }}

{{- define "retally.labels" -}}
{{ include "retally.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- /* What does not change with a version. */ -}}
{{- define "retally.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
